// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/attention_figures.h"

#include "engine/analysis/ordinary_tokens.h"
#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/ticks.h"
#include "ui/jobs/stopped.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

/// Up to so many tokens a head's matrix is computed once and kept; above, its rows are computed when asked
/// for.
constexpr int mostKeptTokens = 128;
constexpr double logarithmicFloor = 1e-4;

Matrix headRows(const Trace &trace, const AttentionView &view, int head, Trace::Rows rows)
{
    switch (view.quantity) {
    case AttentionQuantity::rawScores:
        return trace.raw_scores(view.layer, head, rows);
    case AttentionQuantity::scaledScores:
        return trace.scaled_scores(view.layer, head, rows);
    case AttentionQuantity::contentToPosition:
        return trace.content_to_position(view.layer, head, rows);
    case AttentionQuantity::positionToContent:
        return trace.position_to_content(view.layer, head, rows);
    case AttentionQuantity::positionBias:
        return trace.position_bias(view.layer, head, rows);
    case AttentionQuantity::weights:
        break;
    }
    return trace.attention_weights(view.layer, head, rows);
}

Matrix selectedRows(const Trace &trace, const AttentionView &view, Trace::Rows rows)
{
    if (view.heads == HeadSelection::one)
        return headRows(trace, view, view.head, rows);
    Matrix all = headRows(trace, view, 0, rows);
    for (int head = 1; head < trace.heads(); ++head) {
        const Matrix one = headRows(trace, view, head, rows);
        if (view.heads == HeadSelection::mean)
            all += one;
        else
            all = all.cwiseMax(one);
    }
    if (view.heads == HeadSelection::mean)
        all /= static_cast<float>(trace.heads());
    return all;
}

/// The kept rows [first, first + count) and the kept columns; weights sum to 1 again.
Matrix keptRows(const Trace &trace, const AttentionView &view, const QList<int> &kept, int first, int count)
{
    Matrix rows(count, trace.tokens());
    for (int row = 0; row < count; ++row)
        rows.row(row) = selectedRows(trace, view, {kept.at(first + row), 1});
    return among(rows, kept, view.quantity == AttentionQuantity::weights);
}

std::function<Matrix(int, int)> attentionRows(const AlignedValues &values, const AttentionView &view,
                                              const QList<int> &kept)
{
    if (values.aligned())
        return [values, view](int first, int count) {
            const auto some = [&view](const Trace &trace, Trace::Rows rows) {
                return selectedRows(trace, view, rows);
            };
            return view.hideSpecial ? values.alignedOrdinary(
                                          some, view.quantity == AttentionQuantity::weights, {first, count})
                                    : values.between(some, {first, count});
        };
    return [compared = values.compared(), view, kept](int first, int count) {
        return compared.matrix([&](const Trace &trace) {
            return view.hideSpecial ? keptRows(trace, view, kept, first, count)
                                    : selectedRows(trace, view, {first, count});
        });
    };
}

/// Rows spread evenly over the matrix, to choose a scale by.
Matrix sampledRows(const HeatmapData &data)
{
    if (data.rows <= scale_sample_rows)
        return data.rows > 0 ? data.values(0, data.rows) : Matrix();
    Matrix sample(scale_sample_rows, data.columns);
    for (int row = 0; row < scale_sample_rows; ++row)
        sample.row(row) =
            data.values(static_cast<int>(static_cast<long long>(row) * data.rows / scale_sample_rows), 1);
    return sample;
}

/// Weights: from 0 to a round number that the largest weight does not pass.
ColourScale weightScale(double largest, bool logarithmic)
{
    ColourScale scale = ColourScale::sequential(0.0, std::min(1.0, niceCeiling(largest)));
    if (logarithmic) {
        scale.logarithmic = true;
        scale.low = logarithmicFloor;
        scale.high = 1.0;
    }
    return scale;
}

/// How far the layer's queries see; -1: everywhere, or not alike in both runs of a difference.
int reachOf(const ComparedTrace &compared, int layer)
{
    const std::optional<int> window = compared.trace().config().window_of(layer);
    if (!window || (compared.difference() && compared.before->config().window_of(layer) != window))
        return -1;
    return *window;
}

/// Everything but the scale.
HeatmapData unscaledData(const AlignedValues &values, const AttentionView &view)
{
    const Trace &trace = values.compared().trace();
    HeatmapData data;
    data.rows = data.columns = trace.tokens();
    data.rowLabels = data.columnLabels = tokenLabels(trace);
    QList<int> kept;
    if (view.hideSpecial) {
        kept = ordinary_tokens(trace);
        data.rows = data.columns = static_cast<int>(kept.size());
        data.rowLabels = data.columnLabels = labelsAmong(data.rowLabels, kept);
        data.rowIndices = data.columnIndices = kept;
    }
    data.rowTitle = QCoreApplication::translate("Figures", "query");
    data.columnTitle = QCoreApplication::translate("Figures", "key");
    data.values = attentionRows(values, view, kept);
    hatchUnmatched(data, values.compared(), true);
    data.reach = reachOf(values.compared(), view.layer);
    if (data.rows > 0 && data.rows <= mostKeptTokens)
        data.values = rowsOf(data.values(0, data.rows));
    if (view.heads == HeadSelection::one) {
        data.switchedOff = !trace.switches().head_on(view.layer, view.head);
    } else {
        data.switchedOff = true;
        for (int head = 0; head < trace.heads(); ++head)
            data.switchedOff = data.switchedOff && !trace.switches().head_on(view.layer, head);
    }
    return data;
}

QString quantityName(AttentionQuantity quantity, const EncoderConfig &config)
{
    const bool turned = config.positions == Positions::rotary;
    switch (quantity) {
    case AttentionQuantity::rawScores:
        return turned ? QCoreApplication::translate("Figures", "raw score q·k, both rotated")
                      : QCoreApplication::translate("Figures", "raw score q·k");
    case AttentionQuantity::scaledScores:
        if (config.relative_products.rows > 0)
            return QCoreApplication::translate("Figures", "scaled sum of the products");
        if (!config.divides_scores)
            return QCoreApplication::translate("Figures", "score q·k + position bias, not divided");
        return turned ? QCoreApplication::translate("Figures", "scaled score q·k / √d_k, both rotated")
                      : QCoreApplication::translate("Figures", "scaled score q·k / √d_k");
    case AttentionQuantity::contentToPosition:
        return QCoreApplication::translate("Figures", "content to position: q·k_δ");
    case AttentionQuantity::positionToContent:
        return QCoreApplication::translate("Figures", "position to content: q_δ·k");
    case AttentionQuantity::positionBias:
        return QCoreApplication::translate("Figures", "position bias, added to the scaled score");
    case AttentionQuantity::weights:
        break;
    }
    return QCoreApplication::translate("Figures", "attention weight");
}

QString withoutSpecialSuffix(bool renormalized)
{
    return renormalized
               ? QCoreApplication::translate("Figures", ", special tokens left out, rows renormalized")
               : QCoreApplication::translate("Figures", ", special tokens left out");
}

QString attentionTitle(const ComparedTrace &compared, const AttentionView &view)
{
    QString title;
    switch (view.quantity) {
    case AttentionQuantity::rawScores:
        title = QCoreApplication::translate("Figures", "Raw scores");
        break;
    case AttentionQuantity::scaledScores:
        title = QCoreApplication::translate("Figures", "Scaled scores");
        break;
    case AttentionQuantity::contentToPosition:
        title = QCoreApplication::translate("Figures", "Content to position");
        break;
    case AttentionQuantity::positionToContent:
        title = QCoreApplication::translate("Figures", "Position to content");
        break;
    case AttentionQuantity::positionBias:
        title = QCoreApplication::translate("Figures", "Position bias");
        break;
    case AttentionQuantity::weights:
        title = QCoreApplication::translate("Figures", "Attention weights");
        break;
    }
    const int heads = compared.trace().heads();
    QString which;
    switch (view.heads) {
    case HeadSelection::one:
        which = QCoreApplication::translate("Figures", "layer %1, head %2")
                    .arg(view.layer + 1)
                    .arg(view.head + 1);
        break;
    case HeadSelection::mean:
        which = QCoreApplication::translate("Figures", "layer %1, mean of %2 heads")
                    .arg(view.layer + 1)
                    .arg(heads);
        break;
    case HeadSelection::maximum:
        which = QCoreApplication::translate("Figures", "layer %1, maximum of %2 heads")
                    .arg(view.layer + 1)
                    .arg(heads);
        break;
    }
    title = QCoreApplication::translate("Figures", "%1: %2").arg(title, which);
    if (view.hideSpecial)
        title += withoutSpecialSuffix(view.quantity == AttentionQuantity::weights);
    return title + comparisonSuffix(compared);
}

QString attentionName(const ComparedTrace &compared, const AttentionView &view)
{
    QString name = QStringLiteral("attention-layer%1-").arg(view.layer + 1);
    switch (view.heads) {
    case HeadSelection::one:
        name += QStringLiteral("head%1").arg(view.head + 1);
        break;
    case HeadSelection::mean:
        name += QStringLiteral("mean");
        break;
    case HeadSelection::maximum:
        name += QStringLiteral("maximum");
        break;
    }
    if (view.quantity == AttentionQuantity::rawScores)
        name += QStringLiteral("-raw-scores");
    if (view.quantity == AttentionQuantity::scaledScores)
        name += QStringLiteral("-scaled-scores");
    if (view.quantity == AttentionQuantity::contentToPosition)
        name += QStringLiteral("-content-position");
    if (view.quantity == AttentionQuantity::positionToContent)
        name += QStringLiteral("-position-content");
    if (view.quantity == AttentionQuantity::positionBias)
        name += QStringLiteral("-position-bias");
    return name + comparisonName(compared);
}

} // namespace

HeatmapData attentionData(const ComparedTrace &compared, const AttentionView &view)
{
    HeatmapData data = unscaledData(AlignedValues(compared), view);
    data.valueTitle = comparedValueTitle(compared, quantityName(view.quantity, compared.trace().config()));
    const Matrix sample = sampledRows(data);
    if (view.quantity == AttentionQuantity::weights && !compared.difference())
        data.scale = weightScale(largestValue(sample), view.logarithmic);
    else
        data.scale = ColourScale::diverging(divergingLimit(sample, data.clipped));
    return data;
}

bool hasQuantity(const EncoderConfig &config, AttentionQuantity quantity)
{
    if (quantity == AttentionQuantity::contentToPosition)
        return config.relative_products.content_to_position;
    if (quantity == AttentionQuantity::positionToContent)
        return config.relative_products.position_to_content;
    return quantity != AttentionQuantity::positionBias || config.has_position_bias();
}

FigurePtr attentionFigure(const ComparedTrace &compared, const AttentionView &view)
{
    const EncoderConfig &config = compared.trace().config();
    if (!hasQuantity(config, view.quantity))
        return nullptr;
    HeatmapData data = attentionData(compared, view);
    QString caption = withHatching(
        placeCaption(view.layer, view.heads == HeadSelection::one ? view.head : -1), data.switchedOff);
    if (const std::optional<int> window = config.window_of(view.layer))
        caption +=
            QCoreApplication::translate("Figures", " · local layer: keys up to %1 tokens away").arg(*window);
    if (config.distance_slopes && view.heads == HeadSelection::one)
        //: %1: a number
        caption +=
            QCoreApplication::translate("Figures", " · slope %1: so much less for each token of distance")
                .arg(readableNumber(static_cast<double>(config.head_slope(view.head))));
    return makeFigure(std::move(data), attentionTitle(compared, view), attentionName(compared, view),
                      caption);
}

FigurePtr headsFigure(const ComparedTrace &compared, bool hideSpecial, const std::stop_token &stop)
{
    const Trace &trace = compared.trace();
    const AlignedValues values(compared);
    HeatmapGrid grid{.inARow = trace.heads()};
    Matrix extremes(trace.layers(), trace.heads());
    for (int layer = 0; layer < trace.layers(); ++layer) {
        for (int head = 0; head < trace.heads(); ++head) {
            throwIfStopped(stop);
            HeatmapData data =
                unscaledData(values, {.layer = layer, .head = head, .hideSpecial = hideSpecial});
            data.valueTitle =
                comparedValueTitle(compared, quantityName(AttentionQuantity::weights, trace.config()));
            extremes(layer, head) = static_cast<float>(largestMagnitude(sampledRows(data)));
            grid.panels.push_back(std::move(data));
            grid.titles.append(
                QCoreApplication::translate("Figures", "L%1 H%2").arg(layer + 1).arg(head + 1));
        }
    }
    for (int layer = 0; layer < trace.layers(); ++layer)
        grid.rowNames.append(QCoreApplication::translate("Figures", "L%1").arg(layer + 1));
    for (int head = 0; head < trace.heads(); ++head)
        grid.columnNames.append(QCoreApplication::translate("Figures", "H%1").arg(head + 1));
    bool clipped = false;
    const ColourScale scale = compared.difference()
                                  ? ColourScale::diverging(divergingLimit(extremes, clipped))
                                  : weightScale(largestValue(extremes), false);
    bool off = false;
    for (HeatmapData &panel : grid.panels) {
        panel.scale = scale;
        panel.clipped = clipped;
        off = off || panel.switchedOff;
    }
    return makeFigure(std::move(grid),
                      QCoreApplication::translate("Figures", "Attention weights of all heads") +
                          (hideSpecial ? withoutSpecialSuffix(true) : QString()) + comparisonSuffix(compared),
                      QStringLiteral("heads") + comparisonName(compared), withHatching(QString(), off));
}

} // namespace encoderscope
