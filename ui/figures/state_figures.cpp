// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of tokens x something: embedding stages, positions, FFN, hidden states.
#include "ui/figures/figure_labels.h"
#include "ui/figures/trace_figures.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

QString stageTitle(EmbeddingStage stage)
{
    switch (stage) {
    case EmbeddingStage::token:
        return QCoreApplication::translate("Figures", "Token embedding");
    case EmbeddingStage::scaled:
        return QCoreApplication::translate("Figures", "Token embedding × √d_model");
    case EmbeddingStage::position:
        return QCoreApplication::translate("Figures", "Positional encoding of the tokens");
    case EmbeddingStage::tokenType:
        return QCoreApplication::translate("Figures", "Token type embedding");
    case EmbeddingStage::sum:
        return QCoreApplication::translate("Figures", "Sum of the embeddings");
    case EmbeddingStage::normalized:
        return QCoreApplication::translate("Figures", "Layer norm of the summed embeddings");
    case EmbeddingStage::output:
        break;
    }
    return QCoreApplication::translate("Figures", "Embedding, as layer 1 reads it");
}

QString stageName(EmbeddingStage stage)
{
    switch (stage) {
    case EmbeddingStage::token:
        return QStringLiteral("embedding-token");
    case EmbeddingStage::scaled:
        return QStringLiteral("embedding-scaled");
    case EmbeddingStage::position:
        return QStringLiteral("embedding-position");
    case EmbeddingStage::tokenType:
        return QStringLiteral("embedding-token-type");
    case EmbeddingStage::sum:
        return QStringLiteral("embedding-sum");
    case EmbeddingStage::normalized:
        return QStringLiteral("embedding-normalized");
    case EmbeddingStage::output:
        break;
    }
    return QStringLiteral("embedding");
}

/// Tokens x columns of `values` on a diverging scale.
HeatmapData tokenRows(const ComparedTrace &compared, Matrix values, const QString &columnTitle)
{
    HeatmapData data;
    data.rows = static_cast<int>(values.rows());
    data.columns = static_cast<int>(values.cols());
    data.rowLabels = tokenLabels(compared.trace());
    data.rowTitle = QCoreApplication::translate("Figures", "token");
    data.columnTitle = columnTitle;
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Figures", "value"));
    data.scale = ColourScale::diverging(divergingLimit(values, data.clipped));
    data.values = rowsOf(std::move(values));
    return data;
}

FigurePtr heatmap(HeatmapData data, const QString &title, const QString &name, const QString &caption)
{
    const bool off = data.switchedOff;
    auto figure = std::make_shared<HeatmapFigure>(std::move(data));
    figure->title = title;
    figure->name = name;
    figure->caption = caption;
    if (off)
        figure->caption +=
            QStringLiteral(" · ") + QCoreApplication::translate("Figures", "hatched: switched off");
    return figure;
}

/// What is added for positions in the run to show: null when the model adds nothing. Positions that are
/// switched off are still shown (hatched), as the run without switches has them.
struct ShownPositions {
    Matrix values;
    bool off = false;
};
std::optional<ShownPositions> shownPositions(const ComparedTrace &compared)
{
    const Matrix &now = compared.now->embedding().position;
    const Matrix &before = compared.before->embedding().position;
    if (now.size() == 0 && before.size() == 0)
        return std::nullopt;
    const bool off = now.size() == 0;
    if (compared.difference())
        return ShownPositions{off ? Matrix(-before) : Matrix(now - before), off};
    if (compared.comparison == Comparison::before)
        return ShownPositions{before, false};
    return ShownPositions{off ? before : now, off};
}

QString dimensionTitle()
{
    return QCoreApplication::translate("Figures", "dimension");
}

} // namespace

const Matrix &embeddingStage(const Trace &trace, EmbeddingStage stage)
{
    const EmbeddingTrace &embedding = trace.embedding();
    switch (stage) {
    case EmbeddingStage::token:
        return embedding.token;
    case EmbeddingStage::scaled:
        return embedding.scaled;
    case EmbeddingStage::position:
        return embedding.position;
    case EmbeddingStage::tokenType:
        return embedding.token_type;
    case EmbeddingStage::sum:
        return embedding.sum;
    case EmbeddingStage::normalized:
        return embedding.normalized;
    case EmbeddingStage::output:
        break;
    }
    return embedding.output;
}

FigurePtr embeddingFigure(const ComparedTrace &compared, EmbeddingStage stage)
{
    if (stage == EmbeddingStage::position) {
        const auto positions = shownPositions(compared);
        if (!positions)
            return nullptr;
        HeatmapData data = tokenRows(compared, positions->values, dimensionTitle());
        data.switchedOff = positions->off;
        return heatmap(std::move(data), stageTitle(stage) + comparisonSuffix(compared),
                       stageName(stage) + comparisonName(compared), figureCaption(compared.trace()));
    }
    const bool missing = embeddingStage(compared.trace(), stage).size() == 0 ||
                         (compared.difference() && embeddingStage(*compared.before, stage).size() == 0);
    if (missing)
        return nullptr;
    Matrix values = compared.matrix([stage](const Trace &trace) { return embeddingStage(trace, stage); });
    return heatmap(tokenRows(compared, std::move(values), dimensionTitle()),
                   stageTitle(stage) + comparisonSuffix(compared),
                   stageName(stage) + comparisonName(compared), figureCaption(compared.trace()));
}

FigurePtr positionsFigure(const ComparedTrace &compared)
{
    const auto positions = shownPositions(compared);
    if (!positions)
        return nullptr;
    HeatmapData data = tokenRows(compared, positions->values, dimensionTitle());
    data.rowLabels.clear();
    data.rowTitle = QCoreApplication::translate("Figures", "position");
    data.switchedOff = positions->off;
    const bool sinusoidal = compared.trace().config().positions == Positions::sinusoidal;
    if (sinusoidal) {
        data.scale = ColourScale::diverging(1.0);
        data.clipped = false;
    }
    const QString title =
        sinusoidal ? QCoreApplication::translate("Figures", "Positional encoding (sine and cosine)")
                   : QCoreApplication::translate("Figures", "Positional encoding (learned)");
    return heatmap(std::move(data), title + comparisonSuffix(compared),
                   QStringLiteral("positions") + comparisonName(compared), figureCaption(compared.trace()));
}

HeatmapData feedForwardData(const ComparedTrace &compared, int layer, bool activated)
{
    Matrix values = compared.matrix([layer, activated](const Trace &trace) {
        return activated ? trace.layer(layer).activated : trace.layer(layer).expanded;
    });
    HeatmapData data =
        tokenRows(compared, std::move(values), QCoreApplication::translate("Figures", "neuron"));
    const LayerSwitches &switches = compared.trace().switches().layer(layer);
    data.switchedOff = !switches.on || !switches.feed_forward;
    return data;
}

FigurePtr feedForwardFigure(const ComparedTrace &compared, int layer, bool activated)
{
    const QString title =
        activated
            ? QCoreApplication::translate("Figures", "FFN after the activation: layer %1").arg(layer + 1)
            : QCoreApplication::translate("Figures", "FFN before the activation: layer %1").arg(layer + 1);
    const QString name = QStringLiteral("feed-forward-layer%1%2")
                             .arg(layer + 1)
                             .arg(activated ? QString() : QStringLiteral("-before-activation"));
    return heatmap(feedForwardData(compared, layer, activated), title + comparisonSuffix(compared),
                   name + comparisonName(compared), figureCaption(compared.trace(), layer));
}

FigurePtr hiddenFigure(const ComparedTrace &compared, int layer)
{
    Matrix values = compared.matrix([layer](const Trace &trace) { return trace.hidden(layer); });
    HeatmapData data = tokenRows(compared, std::move(values), dimensionTitle());
    data.switchedOff = layer >= 0 && !compared.trace().switches().layer(layer).on;
    const QString title =
        layer < 0 ? QCoreApplication::translate("Figures", "Hidden state: embedding")
                  : QCoreApplication::translate("Figures", "Hidden state after layer %1").arg(layer + 1);
    const QString name =
        layer < 0 ? QStringLiteral("hidden-embedding") : QStringLiteral("hidden-layer%1").arg(layer + 1);
    return heatmap(std::move(data), title + comparisonSuffix(compared), name + comparisonName(compared),
                   figureCaption(compared.trace(), layer));
}

} // namespace encoderscope
