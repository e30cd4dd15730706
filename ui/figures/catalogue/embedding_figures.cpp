// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/embedding_figures.h"

#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/token_rows.h"

#include <QCoreApplication>

#include <optional>

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
    case EmbeddingStage::taskType:
        return QCoreApplication::translate("Figures", "Task type embedding");
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
    case EmbeddingStage::taskType:
        return QStringLiteral("embedding-task-type");
    case EmbeddingStage::sum:
        return QStringLiteral("embedding-sum");
    case EmbeddingStage::normalized:
        return QStringLiteral("embedding-normalized");
    case EmbeddingStage::output:
        break;
    }
    return QStringLiteral("embedding");
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
    case EmbeddingStage::taskType:
        return embedding.task_type;
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
    if (stage == EmbeddingStage::position && !(compared.difference() && compared.acrossRuns())) {
        const auto positions = shownPositions(compared);
        if (!positions)
            return nullptr;
        HeatmapData data = tokenRows(compared, positions->values, dimensionTitle());
        data.switchedOff = positions->off;
        return tokenRowsFigure(std::move(data), stageTitle(stage) + comparisonSuffix(compared),
                               stageName(stage) + comparisonName(compared), QString());
    }
    const bool missing = embeddingStage(compared.trace(), stage).size() == 0 ||
                         (compared.difference() && embeddingStage(*compared.before, stage).size() == 0);
    if (missing)
        return nullptr;
    Matrix values =
        AlignedValues(compared).rows([stage](const Trace &trace) { return embeddingStage(trace, stage); });
    return tokenRowsFigure(tokenRows(compared, std::move(values), dimensionTitle()),
                           stageTitle(stage) + comparisonSuffix(compared),
                           stageName(stage) + comparisonName(compared), QString());
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
    return tokenRowsFigure(std::move(data), title + comparisonSuffix(compared),
                           QStringLiteral("positions") + comparisonName(compared), QString());
}

bool hasStage(const ComparedTrace &compared, EmbeddingStage stage)
{
    if (stage == EmbeddingStage::output)
        return true;
    if (compared.difference())
        return embeddingStage(*compared.now, stage).size() > 0 &&
               embeddingStage(*compared.before, stage).size() > 0;
    return embeddingStage(compared.trace(), stage).size() > 0;
}

FigurePtr embeddingVectorFigure(const ComparedTrace &compared, EmbeddingStage stage, int token)
{
    if (!hasStage(compared, stage))
        return nullptr;
    const Matrix row =
        AlignedValues(compared).row([&](const Trace &trace) { return embeddingStage(trace, stage); }, token);
    const QString title = QCoreApplication::translate("Figures", "Vector of %1: %2")
                              .arg(quotedToken(compared.trace(), token), stageTitle(stage));
    const QString name = QStringLiteral("%1-vector-token%2").arg(stageName(stage)).arg(token);
    return vectorFigure(row, title + comparisonSuffix(compared), name + comparisonName(compared), QString(),
                        comparedValueTitle(compared, QCoreApplication::translate("Figures", "value")));
}

namespace
{

/// The characters of the text that a token's word has; a dash for those that the tokenizer adds.
QString typedText(const Encoding &encoding, std::size_t token)
{
    const Token &first = encoding.tokens[token];
    if (first.word < 0)
        return QStringLiteral("—");
    const QString &sentence = first.segment == 0 ? encoding.text : encoding.text_b;
    return sentence.mid(first.begin, first.end - first.begin);
}

} // namespace

FigurePtr tokensFigure(const Trace &trace)
{
    const Encoding &encoding = trace.encoding();
    TableData table;
    table.keyColumns = 1;
    table.columns = {{.title = QCoreApplication::translate("Figures", "token"), .decimals = 0},
                     {.title = QCoreApplication::translate("Figures", "text")},
                     {.title = QCoreApplication::translate("Figures", "piece")},
                     {.title = QCoreApplication::translate("Figures", "id"), .decimals = 0}};
    for (std::size_t token = 0; token < encoding.tokens.size(); ++token)
        table.rows.push_back({static_cast<double>(token), printableText(typedText(encoding, token)),
                              printableText(encoding.tokens[token].piece),
                              static_cast<double>(encoding.tokens[token].id)});
    return makeFigure(std::move(table), QCoreApplication::translate("Figures", "Tokens"),
                      QStringLiteral("tokens"), QString());
}

} // namespace encoderscope
