// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/position_figures.h"

#include "engine/forward/embedding.h"
#include "engine/forward/layer.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/ticks.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace encoderscope
{

Matrix positionTable(const Model &model, int positions)
{
    const EncoderConfig &config = model.config;
    if (config.positions == Positions::sinusoidal)
        return positional_encoding(positions, config.embedding_size);
    if (config.positions != Positions::learned)
        return {};
    const MatrixView table = model.weights.embedding.position.view();
    const Index first = config.position_offset;
    if (table.rows() <= first)
        return {};
    return table.middleRows(first, std::clamp<Index>(table.rows() - first, 0, positions));
}

FigurePtr positionCurves(const Model &model, const Matrix &table, const QList<int> &pairs, int cursor)
{
    if (table.size() == 0)
        return nullptr;
    const bool sinusoidal = model.config.positions == Positions::sinusoidal;
    ChartData data;
    data.xTitle = QCoreApplication::translate("Pages", "position");
    data.yTitle = QCoreApplication::translate("Pages", "value");
    data.xHigh = static_cast<double>(table.rows() - 1);
    double most = sinusoidal ? 1.0 : 1e-6;
    const auto curve = [&](int dimension, int colour) {
        ChartSeries series;
        series.kind = dimension % 2 == 0 ? ChartSeries::Kind::line : ChartSeries::Kind::dashedLine;
        series.name = QCoreApplication::translate("Pages", "dim %1").arg(dimension);
        if (sinusoidal)
            series.name =
                (dimension % 2 == 0 ? QStringLiteral("sin, %1") : QStringLiteral("cos, %1")).arg(series.name);
        series.colour = FigureColour::series(colour);
        const int steps = sinusoidal ? curve_steps : 1;
        for (Index point = 0; point <= (table.rows() - 1) * steps; ++point) {
            const double position = static_cast<double>(point) / steps;
            const double angle = position * 2.0 * std::numbers::pi /
                                 position_wavelength(dimension, static_cast<int>(table.cols()));
            double value = dimension % 2 == 0 ? std::sin(angle) : std::cos(angle);
            if (!sinusoidal)
                value = static_cast<double>(table(point, dimension));
            if (std::isfinite(value))
                most = std::max(most, std::abs(value));
            series.points.append(QPointF(position, value));
        }
        data.series.push_back(std::move(series));
    };
    for (qsizetype i = 0; i < pairs.size(); ++i) {
        for (const int dimension : {2 * pairs[i], 2 * pairs[i] + 1}) {
            if (dimension < table.cols())
                curve(dimension, static_cast<int>(i));
        }
    }
    data.yHigh = sinusoidal ? 1.1 : most * 1.05;
    data.yLow = -data.yHigh;
    if (cursor >= 0)
        data.cursorX = cursor;
    return makeFigure(
        std::move(data),
        sinusoidal ? QCoreApplication::translate("Pages", "Positional encoding: curves of the dimensions")
                   : QCoreApplication::translate("Pages", "Learned positions: curves of the dimensions"),
        QStringLiteral("position-curves"), QString());
}

FigurePtr positionHeatmap(const Model &model, const Matrix &table)
{
    if (table.size() == 0)
        return nullptr;
    const bool sinusoidal = model.config.positions == Positions::sinusoidal;
    HeatmapData data;
    data.rows = static_cast<int>(table.rows());
    data.columns = static_cast<int>(table.cols());
    data.rowTitle = QCoreApplication::translate("Pages", "position");
    data.columnTitle = QCoreApplication::translate("Pages", "dimension");
    data.valueTitle = QCoreApplication::translate("Pages", "value");
    data.scale = ColourScale::diverging(sinusoidal ? 1.0 : divergingLimit(table, data.clipped));
    data.values = rowsOf(table);
    return makeFigure(std::move(data),
                      sinusoidal ? QCoreApplication::translate("Pages", "Position × dimension")
                                 : QCoreApplication::translate("Pages", "Position × dimension (learned)"),
                      QStringLiteral("positions-table"), QString());
}

FigurePtr positionProducts(const Matrix &table)
{
    if (table.size() == 0)
        return nullptr;
    const Matrix products = table * table.transpose();
    HeatmapData data;
    data.rows = data.columns = static_cast<int>(table.rows());
    data.rowTitle = data.columnTitle = QCoreApplication::translate("Pages", "position");
    data.valueTitle = QCoreApplication::translate("Pages", "dot product");
    // One vector that is much longer than the others must not wash out the rest.
    const double limit = divergingLimit(products, data.clipped);
    const bool negative = products.size() > 0 && largestValue(-products) > 0.0;
    data.scale = negative ? ColourScale::diverging(limit) : ColourScale::sequential(0.0, limit);
    data.values = rowsOf(products);
    const QString clipped =
        data.clipped ? QCoreApplication::translate("Pages", "colours end where 99.5 % of the values do")
                     : QString();
    return makeFigure(std::move(data), QCoreApplication::translate("Pages", "Dot product of positions"),
                      QStringLiteral("position-products"), clipped);
}

FigurePtr slopesFigure(const Model &model, int distances)
{
    const EncoderConfig &config = model.config;
    if (!config.distance_slopes)
        return nullptr;
    ChartData data;
    data.xTitle = QCoreApplication::translate("Pages", "distance of query and key");
    data.yTitle = QCoreApplication::translate("Pages", "added to the scaled score");
    data.xHigh = std::max(1, distances - 1);
    data.wholeX = true;
    for (int head = 0; head < config.heads; ++head) {
        const auto slope = static_cast<double>(config.head_slope(head));
        ChartSeries series{.name = QCoreApplication::translate("Pages", "head %1: slope %2")
                                       .arg(head + 1)
                                       .arg(readableNumber(slope)),
                           .colour = FigureColour::series(head)};
        for (const double distance : {0.0, data.xHigh})
            series.points.append(QPointF(distance, -slope * distance));
        data.yLow = std::min(data.yLow, -slope * data.xHigh);
        data.series.push_back(std::move(series));
    }
    data.yHigh = 0.0;
    return makeFigure(std::move(data),
                      QCoreApplication::translate("Pages", "What each head takes off for the distance"),
                      QStringLiteral("slopes"), QString());
}

FigurePtr distanceBiasFigure(const Model &model, int layer, int distances)
{
    const EncoderConfig &config = model.config;
    if (config.relative_buckets == 0 || model.weights.relative_bias.empty())
        return nullptr;
    const AttentionOptions options = attention_options(model, layer, {});
    const int farthest = std::max(1, distances - 1);
    ChartData data;
    data.xTitle = QCoreApplication::translate("Pages", "position of the key − position of the query");
    data.yTitle = QCoreApplication::translate("Pages", "added to the scaled score");
    data.xLow = -farthest;
    data.xHigh = farthest;
    data.wholeX = true;
    double most = 1e-6;
    for (int head = 0; head < config.heads; ++head) {
        ChartSeries series{.name = QCoreApplication::translate("Pages", "head %1").arg(head + 1),
                           .colour = FigureColour::series(head)};
        for (int distance = -farthest; distance <= farthest; ++distance) {
            const auto bias = static_cast<double>(position_bias(options, head, distance));
            if (std::isfinite(bias))
                most = std::max(most, std::abs(bias));
            series.points.append(QPointF(distance, bias));
        }
        data.series.push_back(std::move(series));
    }
    data.yHigh = 1.05 * most;
    data.yLow = -data.yHigh;
    const QString title =
        config.relative_bias_by_layer
            ? QCoreApplication::translate("Pages", "What each head of layer %1 adds for the distance")
                  .arg(layer + 1)
            : QCoreApplication::translate("Pages", "What each head adds for the distance");
    return makeFigure(std::move(data), title,
                      config.relative_bias_by_layer ? QStringLiteral("distance-bias-layer%1").arg(layer + 1)
                                                    : QStringLiteral("distance-bias"),
                      QString());
}

QString positionFormula(const Model &model, const Matrix &table, int position, int dimension)
{
    if (position >= table.rows() || dimension >= table.cols())
        return {};
    const QString value = fixedNumber(static_cast<double>(table(position, dimension)), 4);
    if (model.config.positions != Positions::sinusoidal)
        return QCoreApplication::translate("Pages", "P[%1, %2] = <b>%3</b>, learned by training")
            .arg(position)
            .arg(dimension)
            .arg(value);
    const int d = static_cast<int>(table.cols());
    const int twice = dimension / 2 * 2;
    const double divisor = std::pow(10000.0, static_cast<double>(twice) / d);
    const double angle = position / divisor;
    const QString function = dimension % 2 == 0 ? QStringLiteral("sin") : QStringLiteral("cos");
    return QStringLiteral("PE(%1, %2) = %3(%1 / 10000<sup>%4/%5</sup>) = %3(%1 / %6) = %3(%7) = <b>%8</b>")
               .arg(position)
               .arg(dimension)
               .arg(function)
               .arg(twice)
               .arg(d)
               .arg(divisor, 0, 'g', 5)
               .arg(angle, 0, 'g', 4)
               .arg(value) +
           QStringLiteral(" &nbsp;·&nbsp; ") +
           QCoreApplication::translate("Pages", "wavelength %1 positions")
               .arg(position_wavelength(dimension, d), 0, 'f', 1);
}

QList<int> readPairs(const QString &text, int count)
{
    static const QRegularExpression part(QStringLiteral("(\\d{1,6})(?:\\s*[-–]\\s*(\\d{1,6}))?"));
    QList<int> pairs;
    QRegularExpressionMatchIterator parts = part.globalMatch(text);
    while (parts.hasNext()) {
        const QRegularExpressionMatch match = parts.next();
        const int first = match.captured(1).toInt();
        const int last = match.captured(2).isEmpty() ? first : std::min(match.captured(2).toInt(), count - 1);
        for (int pair = first; pair <= last && pair < count; ++pair) {
            if (!pairs.contains(pair))
                pairs.append(pair);
        }
    }
    return pairs;
}

} // namespace encoderscope
