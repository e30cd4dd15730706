// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/hidden_figures.h"

#include "engine/analysis/similarity.h"
#include "ui/figures/catalogue/across_runs.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/catalogue/token_rows.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

FigurePtr hiddenFigure(const ComparedTrace &compared, int layer)
{
    Matrix values = AlignedValues(compared).rows([layer](const Trace &trace) { return trace.hidden(layer); });
    HeatmapData data = tokenRows(compared, std::move(values), dimensionTitle());
    data.switchedOff = layer >= 0 && !compared.trace().switches().layer(layer).on;
    const QString title =
        layer < 0 ? QCoreApplication::translate("Figures", "Hidden state: embedding")
                  : QCoreApplication::translate("Figures", "Hidden state after layer %1").arg(layer + 1);
    return tokenRowsFigure(std::move(data), title + comparisonSuffix(compared),
                           QStringLiteral("hidden-") + stateFileName(layer) + comparisonName(compared),
                           placeCaption(layer));
}

FigurePtr similarityFigure(const ComparedTrace &compared, int layer)
{
    // Rows are multiplied when they are asked for: a long input has more pairs than fit the screen.
    const Matrix shown = unit_rows(compared.trace().hidden(layer));
    const Matrix reference = compared.difference() ? unit_rows(compared.before->hidden(layer)) : Matrix();
    HeatmapData data;
    data.rows = data.columns = static_cast<int>(shown.rows());
    data.rowLabels = data.columnLabels = tokenLabels(compared.trace());
    data.valueTitle = comparedValueTitle(compared, QCoreApplication::translate("Pages", "cosine similarity"));
    data.values = [values = AlignedValues(compared), shown, reference](int first, int count) {
        // Both by the same product: what is equal differs by exactly nothing.
        const auto cosines = [&](const Trace &trace, Trace::Rows rows) {
            const bool other = reference.size() > 0 && &trace != &values.compared().trace();
            const Matrix &all = other ? reference : shown;
            return Matrix(all.middleRows(rows.first, rows.count) * all.transpose());
        };
        return values.between(cosines, {first, count});
    };
    hatchUnmatched(data, compared, true);
    data.scale = ColourScale::diverging(1.0);
    if (compared.difference())
        data.scale = ColourScale::diverging(
            divergingLimit(data.values(0, std::min(data.rows, scale_sample_rows)), data.clipped));
    return makeFigure(
        std::move(data),
        QCoreApplication::translate("Pages", "Similarity of the tokens: %1").arg(stateName(layer)) +
            comparisonSuffix(compared),
        QStringLiteral("similarity-") + stateFileName(layer) + comparisonName(compared), placeCaption(layer));
}

namespace
{

/// Half the width of an axis that holds every point of every layer, rounded up so that it rarely changes.
double reach(const HiddenProjection &projection, int axis)
{
    float most = 1e-6F;
    for (const Matrix &points : projection.points)
        most = std::max(most, static_cast<float>(largestMagnitude(points.col(axis))));
    const double step = std::pow(10.0, std::floor(std::log10(static_cast<double>(most)))) / 2.0;
    return std::ceil(static_cast<double>(most) * 1.05 / step) * step;
}

} // namespace

FigurePtr projectionFigure(const ComparedTrace &compared, const HiddenProjection &projection, int layer)
{
    const auto at = static_cast<std::size_t>(layer + 1);
    if (at >= projection.points.size() || !projection.points[at].allFinite())
        return nullptr;
    ChartData data;
    data.xTitle = componentTitle(0, static_cast<double>(projection.shares[0]));
    data.yTitle = componentTitle(1, static_cast<double>(projection.shares[1]));
    data.xHigh = reach(projection, 0);
    data.yHigh = reach(projection, 1);
    data.xLow = -data.xHigh;
    data.yLow = -data.yHigh;
    ChartSeries series;
    series.kind = ChartSeries::Kind::points;
    series.colour = FigureColour::series(0);
    const Matrix &points = projection.points[at];
    for (Index token = 0; token < points.rows(); ++token)
        series.points.append(
            QPointF(static_cast<double>(points(token, 0)), static_cast<double>(points(token, 1))));
    series.labels = tokenLabels(compared.trace());
    data.series.push_back(std::move(series));
    return makeFigure(std::move(data),
                      QCoreApplication::translate("Pages", "Principal components of the hidden states: %1")
                              .arg(stateName(layer)) +
                          comparisonSuffix(compared),
                      QStringLiteral("components-") + stateFileName(layer) + comparisonName(compared),
                      placeCaption(layer));
}

} // namespace encoderscope
