// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/feed_forward_figures.h"

#include "engine/analysis/aligned_difference.h"
#include "engine/analysis/contributions.h"
#include "engine/error.h"
#include "engine/forward/operations.h"
#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/catalogue/token_rows.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr int shown_neurons = 20;
constexpr int curve_points = 161;

Activation activationOf(const Trace &trace)
{
    return trace.switches().activation.value_or(trace.config().activation);
}

/// A range for the curve that rarely changes while typing.
double roundedReach(double most)
{
    return std::max(2.0, std::ceil(most));
}

} // namespace

FigurePtr strongestNeuronsFigure(const ComparedTrace &compared, int layer, int token)
{
    const Trace &trace = compared.trace();
    BarsData data;
    for (const Neuron &neuron : strongest_neurons(trace, layer, token, shown_neurons)) {
        auto value = static_cast<double>(neuron.value);
        if (compared.difference())
            value -= static_cast<double>(compared.before->layer(layer).activated(token, neuron.index));
        else if (value == 0.0)
            break; // the rest is no stronger than any other
        data.labels.append(QString::number(neuron.index));
        data.indices.append(neuron.index);
        data.values.append(value);
        data.colours.append(FigureColour::series(value < 0.0 ? 1 : 0));
    }
    data.labelTitle = QCoreApplication::translate("Pages", "neuron");
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "activation"));
    data.horizontal = true;
    data.room = shown_neurons;
    return makeFigure(
        std::move(data),
        QCoreApplication::translate("Pages", "Strongest neurons of %1").arg(quotedToken(trace, token)) +
            comparisonSuffix(compared),
        QStringLiteral("neurons-layer%1-token%2").arg(layer + 1).arg(token) + comparisonName(compared),
        placeCaption(layer));
}

FigurePtr activationCurve(const ComparedTrace &compared, int layer, int token, int neuron)
{
    const Trace &trace = compared.trace();
    const Activation activation = activationOf(trace);
    const RowVector expanded = trace.layer(layer).expanded.row(token);
    ChartData data;
    data.xTitle = QCoreApplication::translate("Pages", "before");
    data.yTitle = QCoreApplication::translate("Pages", "after");
    data.xHigh = roundedReach(largestMagnitude(expanded));
    data.xLow = -data.xHigh;
    data.yHigh = data.xHigh;
    data.yLow = activation == Activation::identity ? data.xLow : -std::max(0.5, data.xHigh / 8.0);
    ChartSeries curve;
    curve.name = activationName(activation);
    curve.colour = {FigureColour::Role::muted};
    for (int point = 0; point < curve_points; ++point) {
        const double x = data.xLow + (data.xHigh - data.xLow) * point / (curve_points - 1);
        curve.points.append(QPointF(x, static_cast<double>(activate(static_cast<float>(x), activation))));
    }
    const auto dotsOf = [&](const Trace &run, FigureColour colour) {
        ChartSeries dots;
        dots.kind = ChartSeries::Kind::points;
        dots.name = QCoreApplication::translate("Pages", "neurons of %1").arg(quotedToken(trace, token));
        dots.colour = colour;
        const Matrix &before = run.layer(layer).expanded;
        const Matrix &after = run.config().gated ? run.layer(layer).gate : run.layer(layer).activated;
        for (Index index = 0; index < before.cols(); ++index)
            dots.points.append(
                QPointF(static_cast<double>(before(token, index)), static_cast<double>(after(token, index))));
        return dots;
    };
    data.series = {std::move(curve), dotsOf(trace, FigureColour::series(0))};
    if (compared.difference()) {
        // Where the dots were, instead of a difference of coordinates.
        data.series.push_back(dotsOf(*compared.before, FigureColour::series(1)));
        data.series.back().name += otherReference(compared)
                                       ? QCoreApplication::translate("Figures", " (reference)")
                                       : QCoreApplication::translate("Figures", " (before switching)");
    }
    if (neuron >= 0 && neuron < expanded.size())
        data.cursorX = static_cast<double>(expanded[neuron]);
    return makeFigure(
        std::move(data),
        QCoreApplication::translate("Pages", "Activation function: %1").arg(activationName(activation)) +
            (compared.difference() ? QCoreApplication::translate("Figures", " (now and before)")
                                   : comparisonSuffix(compared)),
        QStringLiteral("activation-layer%1-token%2").arg(layer + 1).arg(token) + comparisonName(compared),
        placeCaption(layer));
}

FigurePtr neuronFigure(const ComparedTrace &compared, int layer, int neuron)
{
    const Trace &trace = compared.trace();
    if (const AlignedValues both(compared); both.aligned()) {
        const QString reason =
            why_no_row_difference(compared.now->config().d_ff, compared.before->config().d_ff);
        if (!reason.isEmpty())
            throw Error(reason);
    }
    const Matrix values = AlignedValues(compared)
                              .rows([layer, neuron](const Trace &one) {
                                  return Matrix(one.layer(layer).activated.col(neuron));
                              })
                              .transpose();
    BarsData data;
    data.labels = tokenLabels(trace);
    for (Index token = 0; token < values.cols(); ++token) {
        const auto value = static_cast<double>(values(0, token));
        data.values.append(value);
        data.colours.append(FigureColour::series(value < 0.0 ? 1 : 0));
    }
    data.labelTitle = QCoreApplication::translate("Pages", "token");
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "activation"));
    return makeFigure(std::move(data),
                      QCoreApplication::translate("Pages", "Neuron %1 over all tokens").arg(neuron) +
                          comparisonSuffix(compared),
                      QStringLiteral("neuron%1-layer%2").arg(neuron).arg(layer + 1) +
                          comparisonName(compared),
                      placeCaption(layer));
}

namespace
{

const Matrix &valuesOf(const LayerTrace &layer, FeedForwardStage stage)
{
    switch (stage) {
    case FeedForwardStage::before:
        return layer.expanded;
    case FeedForwardStage::gate:
        return layer.gate;
    case FeedForwardStage::value:
        return layer.feed_forward_value;
    case FeedForwardStage::after:
        break;
    }
    return layer.activated;
}

QString titleOf(FeedForwardStage stage, bool gated)
{
    switch (stage) {
    case FeedForwardStage::before:
        return QCoreApplication::translate("Figures", "FFN before the activation: layer %1");
    case FeedForwardStage::gate:
        return QCoreApplication::translate("Figures", "FFN, the gate: layer %1");
    case FeedForwardStage::value:
        return QCoreApplication::translate("Figures", "FFN, the value before the gate: layer %1");
    case FeedForwardStage::after:
        break;
    }
    return gated ? QCoreApplication::translate("Figures", "FFN, gate × value: layer %1")
                 : QCoreApplication::translate("Figures", "FFN after the activation: layer %1");
}

QString suffixOf(FeedForwardStage stage)
{
    switch (stage) {
    case FeedForwardStage::before:
        return QStringLiteral("-before-activation");
    case FeedForwardStage::gate:
        return QStringLiteral("-gate");
    case FeedForwardStage::value:
        return QStringLiteral("-value");
    case FeedForwardStage::after:
        break;
    }
    return {};
}

} // namespace

HeatmapData feedForwardData(const ComparedTrace &compared, int layer, FeedForwardStage stage)
{
    Matrix values = AlignedValues(compared).rows(
        [layer, stage](const Trace &trace) { return valuesOf(trace.layer(layer), stage); });
    HeatmapData data =
        tokenRows(compared, std::move(values), QCoreApplication::translate("Figures", "neuron"));
    const LayerSwitches &switches = compared.trace().switches().layer(layer);
    data.switchedOff = !switches.on || !switches.feed_forward;
    return data;
}

FigurePtr feedForwardFigure(const ComparedTrace &compared, int layer, FeedForwardStage stage)
{
    const bool gated = compared.trace().config().gated;
    const bool ofGate = stage == FeedForwardStage::gate || stage == FeedForwardStage::value;
    const auto lacks = [&](const TracePtr &run) { return valuesOf(run->layer(layer), stage).size() == 0; };
    if (ofGate && (lacks(compared.now) || (compared.before && lacks(compared.before))))
        return nullptr;
    const QString title = titleOf(stage, gated).arg(layer + 1);
    const QString name = QStringLiteral("feed-forward-layer%1%2").arg(layer + 1).arg(suffixOf(stage));
    return tokenRowsFigure(feedForwardData(compared, layer, stage), title + comparisonSuffix(compared),
                           name + comparisonName(compared), placeCaption(layer));
}

} // namespace encoderscope
