// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/rotation_figure.h"

#include "engine/forward/rotation.h"
#include "ui/figures/catalogue/figure_labels.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace encoderscope
{

namespace
{

constexpr int arc_points = 48;

/// The way of a point around 0 by an angle; whole turns are left out.
ChartSeries arc(double x, double y, double angle, const FigureColour &colour)
{
    ChartSeries series;
    series.colour = colour;
    const double rest = std::fmod(angle, 2.0 * std::numbers::pi);
    for (int step = 0; step <= arc_points; ++step) {
        const double at = rest * step / arc_points;
        series.points.append(
            QPointF(x * std::cos(at) - y * std::sin(at), y * std::cos(at) + x * std::sin(at)));
    }
    return series;
}

} // namespace

FigurePtr rotationFigure(const ComparedTrace &compared, int layer, int head, int token, bool ofKey,
                         const QList<int> &pairs)
{
    const Trace &trace = compared.trace();
    const LayerTrace &numbers = trace.layer(layer);
    const std::optional<TurnRate> rate = trace.config().turn_rate(layer);
    const Matrix &all = ofKey ? numbers.unrotated_key : numbers.unrotated_query;
    if (!rate || all.size() == 0)
        return nullptr;
    const Index d_k = all.cols() / trace.heads(); // of a trace from a file not d_model / heads
    const Index half = d_k / 2;
    const RowVector before = all.row(token).segment(head * d_k, d_k);
    const bool turned = trace.switches().positions;
    const RowVector after = (ofKey ? trace.key(layer, head) : trace.query(layer, head)).row(token);

    ChartData data;
    data.xTitle = QCoreApplication::translate("Pages", "dimension i");
    data.yTitle = QCoreApplication::translate("Pages", "dimension i + d_k/2");
    const double reach = std::max(
        0.5, std::ceil(2.0 * static_cast<double>(before.cwiseAbs().maxCoeff()) * std::numbers::sqrt2) / 2.0);
    data.xLow = data.yLow = -reach;
    data.xHigh = data.yHigh = reach;
    for (qsizetype place = 0; place < pairs.size(); ++place) {
        const Index pair = pairs[place];
        if (pair >= half)
            continue;
        const FigureColour colour = FigureColour::series(static_cast<int>(place));
        const double angle =
            turned ? token * 2.0 * std::numbers::pi / rotary_wavelength(pair, d_k, *rate) : 0.0;
        ChartSeries way =
            arc(static_cast<double>(before[pair]), static_cast<double>(before[pair + half]), angle, colour);
        //: %1: the number of a pair of dimensions, %2: degrees
        way.name = QCoreApplication::translate("Pages", "pair %1, by %2°")
                       .arg(pair)
                       .arg(angle * 180.0 / std::numbers::pi, 0, 'f', 1);
        ChartSeries end;
        end.kind = ChartSeries::Kind::points;
        end.colour = colour;
        end.points.append(QPointF(static_cast<double>(after[pair]), static_cast<double>(after[pair + half])));
        data.series.push_back(std::move(way));
        data.series.push_back(std::move(end));
    }
    const QString title =
        ofKey ? QCoreApplication::translate("Pages", "How the key of %1 turns at position %2")
              : QCoreApplication::translate("Pages", "How the query of %1 turns at position %2");
    return makeFigure(
        std::move(data), title.arg(quotedToken(trace, token)).arg(token) + comparisonSuffix(compared),
        QStringLiteral("rotation-layer%1-head%2-token%3").arg(layer + 1).arg(head + 1).arg(token) +
            (ofKey ? QStringLiteral("-key") : QString()) + comparisonName(compared),
        placeCaption(layer, head));
}

} // namespace encoderscope
