// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/sweep_figures.h"

#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_messages.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/catalogue/token_score_figures.h"
#include "ui/figures/ticks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace encoderscope
{

namespace
{

QString changeTitle()
{
    return Why::tr("change of the target");
}

void setValues(HeatmapData &data, const Eigen::MatrixXd &changes)
{
    Matrix values = changes.cast<float>();
    data.rows = static_cast<int>(values.rows());
    data.columns = static_cast<int>(values.cols());
    data.scale = ColourScale::diverging(divergingLimit(values, data.clipped));
    data.values = rowsOf(std::move(values));
    data.valueTitle = changeTitle();
}

} // namespace

void nameLayers(HeatmapData &data, int layers, bool embedding)
{
    data.rowTitle = QCoreApplication::translate("Figures", "layer");
    data.rowsNamed = true;
    for (int layer = embedding ? -1 : 0; layer < layers; ++layer) {
        data.rowLabels.append(layer < 0 ? stateName(layer) : QString::number(layer + 1));
        data.rowIndices.append(layer);
    }
}

void nameHeads(HeatmapData &data, int heads)
{
    data.columnTitle = QCoreApplication::translate("Figures", "head");
    data.columnsNamed = true;
    for (int head = 0; head < heads; ++head)
        data.columnLabels.append(QString::number(head + 1));
}

FigurePtr headsSweepFigure(const ChosenTarget &chosen, const Eigen::MatrixXd &changes, bool byGradient)
{
    const Trace &trace = *chosen.trace;
    HeatmapData data;
    setValues(data, changes);
    nameLayers(data, trace.layers());
    nameHeads(data, trace.heads());
    const QString caption = targetCaption(chosen, target_value(chosen.target, trace));
    if (byGradient)
        return makeFigure(std::move(data), Why::tr("Each head, as the gradient expects it"),
                          QStringLiteral("sweep-heads-gradient"), caption);
    return makeFigure(std::move(data), Why::tr("Each head switched off in turn"),
                      QStringLiteral("sweep-heads"), caption);
}

FigurePtr sublayersSweepFigure(const ChosenTarget &chosen, const Sweep &sweep)
{
    HeatmapData data;
    Eigen::MatrixXd changes(sweep.layers.size(), 3);
    changes << sweep.attention, sweep.feed_forward, sweep.layers;
    setValues(data, changes);
    nameLayers(data, chosen.trace->layers());
    data.columnLabels = {Why::tr("attention"), Why::tr("FFN"), Why::tr("layer")};
    data.columnsNamed = true;
    return makeFigure(std::move(data), Why::tr("Each sublayer and layer switched off in turn"),
                      QStringLiteral("sweep-sublayers"), targetCaption(chosen, sweep.value));
}

FigurePtr tokensSweepFigure(const Frame &frame, const ChosenTarget &chosen, const Sweep &sweep)
{
    const ShownTokens shown = shownTokens(frame, chosen);
    BarsData data;
    data.labels = shown.labels;
    data.indices = shown.indices;
    for (const int token : shown.tokens)
        data.values.append(sweep.tokens(token));
    if (sweep.positions) {
        data.labels.append(Why::tr("positions"));
        data.indices.append(frame.trace().tokens());
        data.values.append(*sweep.positions);
    }
    for (const double value : std::as_const(data.values))
        data.colours.append({value < 0.0 ? FigureColour::Role::query : FigureColour::Role::key});
    data.valueTitle = changeTitle();
    data.numbers = true;
    return makeFigure(std::move(data), Why::tr("Each token masked as a key in turn, and the positions off"),
                      QStringLiteral("sweep-tokens"), targetCaption(chosen, sweep.value));
}

FigurePtr factorCurveFigure(const ChosenTarget &chosen, const ScaledOutput &output, const FactorCurve &curve)
{
    ChartSeries line{.colour = {FigureColour::Role::output}};
    double low = curve.value_now, high = curve.value_now;
    for (std::size_t at = 0; at < curve.values.size(); ++at) {
        const double value = curve.values[at];
        line.points.append(QPointF(static_cast<double>(curve.factors[at]), value));
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    ChartSeries now{.kind = ChartSeries::Kind::points,
                    .name = Why::tr("the run as it is"),
                    .colour = {FigureColour::Role::key},
                    .points = {QPointF(static_cast<double>(curve.factor_now), curve.value_now)}};
    ChartData data;
    data.xLow = static_cast<double>(std::min(curve.factors.front(), curve.factor_now));
    data.xHigh = static_cast<double>(std::max(curve.factors.back(), curve.factor_now));
    const double margin = std::max(1e-6, (high - low) * 0.05);
    data.yLow = low - margin;
    data.yHigh = high + margin;
    data.xTitle = Why::tr("factor");
    data.yTitle = Why::tr("target");
    data.series = {std::move(line), std::move(now)};
    const bool head = output.kind == ScaledOutput::Kind::head;
    const QString place = head ? Why::tr("head %1 of layer %2").arg(output.index + 1).arg(output.layer + 1)
                               : Why::tr("neuron %1 of layer %2").arg(output.index).arg(output.layer + 1);
    return makeFigure(
        std::move(data), Why::tr("The target while the output of %1 is multiplied").arg(place),
        head ? QStringLiteral("steering-curve-head") : QStringLiteral("steering-curve-neuron"),
        targetCaption(chosen, curve.value_now) + QStringLiteral(" · ") +
            Why::tr("factor of the run: %1").arg(readableNumber(static_cast<double>(curve.factor_now))));
}

} // namespace encoderscope
