// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/feed_forward_figures.h"

#include "engine/analysis/contributions.h"
#include "engine/forward/operations.h"
#include "ui/figures/chart_figure.h"
#include "ui/figures/figure_labels.h"
#include "ui/figures/trace_figures.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr int shown_neurons = 20;
constexpr int curve_points = 161;

QString quotedToken(const Trace &trace, int token)
{
    return QStringLiteral("“%1”").arg(tokenLabels(trace).value(token));
}

Activation activationOf(const Trace &trace)
{
    return trace.switches().activation.value_or(trace.config().activation);
}

/// A range for the curve that rarely changes while typing.
double roundedReach(float most)
{
    return std::max(2.0, std::ceil(static_cast<double>(most)));
}

} // namespace

QString activationName(Activation activation)
{
    switch (activation) {
    case Activation::relu:
        return QStringLiteral("ReLU");
    case Activation::gelu:
        return QStringLiteral("GELU");
    case Activation::gelu_tanh:
        return QStringLiteral("GELU (tanh)");
    case Activation::silu:
        return QStringLiteral("SiLU");
    }
    return {};
}

FigurePtr strongestNeuronsFigure(const ComparedTrace &compared, int layer, int token,
                                 const FigureStyle &style)
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
        data.colours.append(style.series(value < 0.0 ? 1 : 0));
    }
    data.labelTitle = QCoreApplication::translate("Pages", "neuron");
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "activation"));
    data.horizontal = true;
    data.room = shown_neurons;
    auto figure = std::make_shared<BarsFigure>(std::move(data));
    figure->title =
        QCoreApplication::translate("Pages", "Strongest neurons of %1").arg(quotedToken(trace, token)) +
        comparisonSuffix(compared);
    figure->name =
        QStringLiteral("neurons-layer%1-token%2").arg(layer + 1).arg(token) + comparisonName(compared);
    figure->caption = figureCaption(trace, layer);
    return figure;
}

FigurePtr activationCurve(const ComparedTrace &compared, int layer, int token, int neuron,
                          const FigureStyle &style)
{
    const Trace &trace = compared.trace();
    const Activation activation = activationOf(trace);
    const RowVector expanded = trace.layer(layer).expanded.row(token);
    ChartData data;
    data.xTitle = QCoreApplication::translate("Pages", "before");
    data.yTitle = QCoreApplication::translate("Pages", "after");
    data.xHigh = roundedReach(expanded.cwiseAbs().maxCoeff());
    data.xLow = -data.xHigh;
    data.yHigh = data.xHigh;
    data.yLow = -std::max(0.5, data.xHigh / 8.0);
    ChartSeries curve;
    curve.name = activationName(activation);
    curve.colour = style.muted;
    for (int point = 0; point < curve_points; ++point) {
        const double x = data.xLow + (data.xHigh - data.xLow) * point / (curve_points - 1);
        curve.points.append(QPointF(x, static_cast<double>(activate(static_cast<float>(x), activation))));
    }
    ChartSeries dots;
    dots.kind = ChartSeries::Kind::points;
    dots.name = QCoreApplication::translate("Pages", "neurons of %1").arg(quotedToken(trace, token));
    dots.colour = style.series(0);
    const RowVector activated = trace.layer(layer).activated.row(token);
    for (Index index = 0; index < expanded.size(); ++index)
        dots.points.append(
            QPointF(static_cast<double>(expanded[index]), static_cast<double>(activated[index])));
    data.series = {std::move(curve), std::move(dots)};
    if (neuron >= 0 && neuron < expanded.size())
        data.cursorX = static_cast<double>(expanded[neuron]);
    auto figure = std::make_shared<ChartFigure>(std::move(data));
    figure->title =
        QCoreApplication::translate("Pages", "Activation function: %1").arg(activationName(activation));
    figure->name = QStringLiteral("activation-layer%1-token%2").arg(layer + 1).arg(token);
    figure->caption = figureCaption(trace, layer);
    return figure;
}

FigurePtr neuronFigure(const ComparedTrace &compared, int layer, int neuron, const FigureStyle &style)
{
    const Trace &trace = compared.trace();
    const Matrix values = compared.matrix(
        [layer, neuron](const Trace &one) { return one.layer(layer).activated.col(neuron).transpose(); });
    BarsData data;
    data.labels = tokenLabels(trace);
    for (Index token = 0; token < values.cols(); ++token) {
        const auto value = static_cast<double>(values(0, token));
        data.values.append(value);
        data.colours.append(style.series(value < 0.0 ? 1 : 0));
    }
    data.labelTitle = QCoreApplication::translate("Pages", "token");
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "activation"));
    auto figure = std::make_shared<BarsFigure>(std::move(data));
    figure->title = QCoreApplication::translate("Pages", "Neuron %1 over all tokens").arg(neuron) +
                    comparisonSuffix(compared);
    figure->name = QStringLiteral("neuron%1-layer%2").arg(neuron).arg(layer + 1) + comparisonName(compared);
    figure->caption = figureCaption(trace, layer);
    return figure;
}

} // namespace encoderscope
