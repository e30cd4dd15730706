// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/legend.h"

#include "ui/figures/figure_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double markWidth = 18.0;
constexpr double markGap = 6.0;
constexpr double entryGap = 16.0;

/// Where entries lie when lines are `width` long: left ends and lines.
QList<QPointF> legendPlaces(const QList<LegendEntry> &entries, double width, const QFont &font)
{
    const QFontMetricsF metrics(font);
    QList<QPointF> places;
    double x = 0.0;
    double y = 0.0;
    for (const LegendEntry &entry : entries) {
        const double needed = markWidth + markGap + metrics.horizontalAdvance(entry.name);
        if (x > 0.0 && x + needed > width) {
            x = 0.0;
            y += std::ceil(metrics.height()) + 2.0;
        }
        places.append(QPointF(x, y));
        x += needed + entryGap;
    }
    return places;
}

} // namespace

double legendHeight(const QList<LegendEntry> &entries, double width, const FigureStyle &style)
{
    if (entries.isEmpty())
        return 0.0;
    const QFont font = axisFont(style);
    return legendPlaces(entries, width, font).constLast().y() + std::ceil(QFontMetricsF(font).height()) + 4.0;
}

void paintLegend(QPainter &painter, const QList<LegendEntry> &entries, const QRectF &area,
                 const FigureStyle &style)
{
    constexpr double dot = 4.0;
    painter.setFont(axisFont(style));
    const double line = std::ceil(QFontMetricsF(painter.font()).height());
    const QList<QPointF> places = legendPlaces(entries, area.width(), painter.font());
    for (qsizetype index = 0; index < entries.size(); ++index) {
        if (places.at(index).y() + line > area.height() + 0.5)
            break; // in a view that is too small: what lies below is not painted over
        const LegendEntry &entry = entries.at(index);
        const QPointF corner = area.topLeft() + places.at(index);
        const QPointF middle(corner.x(), corner.y() + line / 2.0);
        if (entry.mark == LegendEntry::Mark::dot) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(entry.colour);
            painter.drawEllipse(middle + QPointF(markWidth / 2.0, 0.0), dot, dot);
            painter.setBrush(Qt::NoBrush);
        } else {
            const bool dashed = entry.mark == LegendEntry::Mark::dashes;
            painter.setPen(QPen(entry.colour, 2.0, dashed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(middle, middle + QPointF(markWidth, 0.0));
        }
        painter.setPen(style.text);
        const double left = corner.x() + markWidth + markGap;
        const double width =
            std::min(QFontMetricsF(painter.font()).horizontalAdvance(entry.name) + 1.0, area.right() - left);
        paintLine(painter, QRectF(left, corner.y(), width, line), Qt::AlignLeft | Qt::AlignVCenter,
                  entry.name);
    }
}

} // namespace encoderscope
