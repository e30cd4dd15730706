// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page_figures.h"

#include "ui/figures/figure_labels.h"
#include "ui/figures/token_lines_figure.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

QString stateName(int layer)
{
    return layer < 0 ? QCoreApplication::translate("Pages", "embedding")
                     : QCoreApplication::translate("Pages", "layer %1").arg(layer + 1);
}

FigurePtr vectorFigure(const RowVector &values, const QString &title, const QString &name,
                       const QString &caption, const QString &indexTitle, const FigureStyle &style)
{
    BarsData data;
    for (Index index = 0; index < values.size(); ++index) {
        const auto value = static_cast<double>(values[index]);
        data.labels.append(QString::number(index));
        data.values.append(value);
        data.colours.append(style.series(value < 0.0 ? 1 : 0));
    }
    data.labelTitle = indexTitle;
    auto figure = std::make_shared<BarsFigure>(std::move(data));
    figure->title = title;
    figure->name = name;
    figure->caption = caption;
    return figure;
}

namespace
{

constexpr int most_sampled_rows = 256;

/// Every row at length 1; a row without length stays as it is.
Matrix unitRows(const Matrix &rows)
{
    Matrix unit = rows;
    unit.rowwise().normalize();
    return unit;
}

} // namespace

FigurePtr similarityFigure(const ComparedTrace &compared, int layer)
{
    // Rows are multiplied when they are asked for: a long input has more pairs than fit the screen.
    const Matrix now =
        unitRows(compared.difference() ? compared.now->hidden(layer) : compared.trace().hidden(layer));
    const Matrix before = compared.difference() ? unitRows(compared.before->hidden(layer)) : Matrix();
    HeatmapData data;
    data.rows = data.columns = static_cast<int>(now.rows());
    data.rowLabels = data.columnLabels = tokenLabels(compared.trace());
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "cosine similarity"));
    data.values = [now, before](int first, int count) {
        Matrix values = now.middleRows(first, count) * now.transpose();
        if (before.size() > 0)
            values -= before.middleRows(first, count) * before.transpose();
        return values;
    };
    data.scale = ColourScale::diverging(1.0);
    if (compared.difference())
        data.scale = ColourScale::diverging(
            divergingLimit(data.values(0, std::min(data.rows, most_sampled_rows)), data.clipped));
    auto figure = std::make_shared<HeatmapFigure>(std::move(data));
    figure->title =
        QCoreApplication::translate("Pages", "Similarity of the tokens: %1").arg(stateName(layer)) +
        comparisonSuffix(compared);
    figure->name =
        QStringLiteral("similarity-%1")
            .arg(layer < 0 ? QStringLiteral("embedding") : QStringLiteral("layer%1").arg(layer + 1)) +
        comparisonName(compared);
    figure->caption = figureCaption(compared.trace(), layer);
    return figure;
}

namespace
{

/// Half the width of an axis that holds every point of every layer, rounded up so that it rarely changes.
double reach(const Projection &projection, int axis)
{
    float most = 1e-6F;
    for (const Matrix &points : projection.points)
        most = std::max(most, points.col(axis).cwiseAbs().maxCoeff());
    const double step = std::pow(10.0, std::floor(std::log10(static_cast<double>(most)))) / 2.0;
    return std::ceil(static_cast<double>(most) * 1.05 / step) * step;
}

} // namespace

FigurePtr projectionFigure(const Trace &trace, const Projection &projection, int layer,
                           const FigureStyle &style)
{
    const auto at = static_cast<std::size_t>(layer + 1);
    if (at >= projection.points.size() || !projection.points[at].allFinite())
        return nullptr;
    const auto axisTitle = [&projection](int axis) {
        return QCoreApplication::translate("Pages", "component %1 (%2 % of the variance)")
            .arg(axis + 1)
            .arg(static_cast<double>(projection.shares[axis]) * 100.0, 0, 'f', 0);
    };
    ChartData data;
    data.xTitle = axisTitle(0);
    data.yTitle = axisTitle(1);
    data.xHigh = reach(projection, 0);
    data.yHigh = reach(projection, 1);
    data.xLow = -data.xHigh;
    data.yLow = -data.yHigh;
    ChartSeries series;
    series.kind = ChartSeries::Kind::points;
    series.colour = style.series(0);
    const Matrix &points = projection.points[at];
    for (Index token = 0; token < points.rows(); ++token)
        series.points.append(
            QPointF(static_cast<double>(points(token, 0)), static_cast<double>(points(token, 1))));
    series.labels = tokenLabels(trace);
    data.series.push_back(std::move(series));
    auto figure = std::make_shared<ChartFigure>(std::move(data));
    figure->title = QCoreApplication::translate("Pages", "Principal components of the hidden states: %1")
                        .arg(stateName(layer));
    figure->name =
        QStringLiteral("components-%1")
            .arg(layer < 0 ? QStringLiteral("embedding") : QStringLiteral("layer%1").arg(layer + 1));
    figure->caption = figureCaption(trace, layer);
    return figure;
}

namespace
{

QList<int> tokensWithoutSpecial(const Trace &trace)
{
    QList<int> tokens;
    for (int token = 0; token < trace.tokens(); ++token) {
        if (!trace.token(token).special)
            tokens.append(token);
    }
    return tokens;
}

} // namespace

Matrix withoutSpecialTokens(const Trace &trace, const Matrix &weights)
{
    const QList<int> tokens = tokensWithoutSpecial(trace);
    Matrix kept(tokens.size(), tokens.size());
    for (Index row = 0; row < kept.rows(); ++row) {
        for (Index column = 0; column < kept.cols(); ++column)
            kept(row, column) = weights(tokens.at(row), tokens.at(column));
        const float sum = kept.row(row).sum();
        if (sum > 0.0F)
            kept.row(row) /= sum;
    }
    return kept;
}

FigurePtr rolloutFigure(const ComparedTrace &compared, const Matrix &rollout, int lastLayer, bool hideSpecial)
{
    const Trace &trace = compared.trace();
    HeatmapData data;
    data.rowLabels = tokenLabels(trace);
    if (hideSpecial) {
        data.rowIndices = data.columnIndices = tokensWithoutSpecial(trace);
        QStringList labels;
        for (const int token : std::as_const(data.rowIndices))
            labels.append(data.rowLabels.at(token));
        data.rowLabels = labels;
    }
    data.columnLabels = data.rowLabels;
    data.rows = data.columns = static_cast<int>(data.rowLabels.size());
    if (data.rows == 0 || rollout.rows() != data.rows)
        return nullptr;
    data.rowTitle = QCoreApplication::translate("Pages", "token after layer %1").arg(lastLayer + 1);
    data.columnTitle = QCoreApplication::translate("Pages", "input token");
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "share"));
    if (compared.difference())
        data.scale = ColourScale::diverging(divergingLimit(rollout, data.clipped));
    else
        data.scale = ColourScale::sequential(
            0.0, std::clamp(std::ceil(static_cast<double>(rollout.maxCoeff()) * 10.0) / 10.0, 0.1, 1.0));
    data.values = rowsOf(rollout);
    auto figure = std::make_shared<HeatmapFigure>(std::move(data));
    figure->title =
        QCoreApplication::translate("Pages", "Attention rollout through layers 1 to %1").arg(lastLayer + 1);
    if (hideSpecial)
        figure->title +=
            QCoreApplication::translate("Figures", ", special tokens left out, rows renormalized");
    figure->title += comparisonSuffix(compared);
    figure->name = QStringLiteral("rollout-layer%1").arg(lastLayer + 1) + comparisonName(compared);
    figure->caption = figureCaption(trace, lastLayer);
    return figure;
}

namespace
{

Matrix withoutSpecial(const Trace &trace, Matrix weights)
{
    for (int token = 0; token < trace.tokens(); ++token) {
        if (trace.token(token).special) {
            weights.row(token).setZero();
            weights.col(token).setZero();
        }
    }
    for (Index row = 0; row < weights.rows(); ++row) {
        const float sum = weights.row(row).sum();
        if (sum > 0.0F)
            weights.row(row) /= sum;
    }
    return weights;
}

} // namespace

FigurePtr linesFigure(const ComparedTrace &compared, int layer, int head, bool allHeads, bool hideSpecial,
                      const FigureStyle &style)
{
    if (compared.trace().tokens() > most_line_tokens)
        return nullptr;
    std::vector<TokenLinesFigure::Head> heads;
    const int first = allHeads ? 0 : head;
    const int last = allHeads ? compared.trace().heads() - 1 : head;
    for (int one = first; one <= last; ++one) {
        if (allHeads && !compared.trace().switches().head_on(layer, one))
            continue;
        // Lines have no sign: of a difference they show its size.
        const Matrix weights = compared.matrix([layer, one, hideSpecial](const Trace &trace) {
            Matrix all = trace.attention_weights(layer, one);
            return hideSpecial ? withoutSpecial(trace, std::move(all)) : all;
        });
        heads.push_back({.weights = weights.cwiseAbs(),
                         .name = QCoreApplication::translate("Pages", "head %1").arg(one + 1),
                         .colour = style.series(one)});
    }
    auto figure = std::make_shared<TokenLinesFigure>(tokenLabels(compared.trace()), std::move(heads));
    figure->title =
        allHeads ? QCoreApplication::translate("Pages", "Attention lines: layer %1, all heads").arg(layer + 1)
                 : QCoreApplication::translate("Pages", "Attention lines: layer %1, head %2")
                       .arg(layer + 1)
                       .arg(head + 1);
    figure->title += comparisonSuffix(compared);
    figure->name = QStringLiteral("lines-layer%1%2")
                       .arg(layer + 1)
                       .arg(allHeads ? QString() : QStringLiteral("-head%1").arg(head + 1)) +
                   comparisonName(compared);
    figure->caption = figureCaption(compared.trace(), layer, allHeads ? -1 : head);
    return figure;
}

} // namespace encoderscope
