// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/chart_axes.h"

#include "ui/figures/figure_text.h"
#include "ui/figures/ticks.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double tickGap = 5.0;
constexpr double titleGap = 5.0;
constexpr int mostTicks = 9;

struct Ticks {
    QList<double> values;
    QStringList labels;
};

Ticks ticksOf(const ValueAxis &axis, int most)
{
    most = std::max(2, most);
    Ticks ticks;
    if (axis.logarithmic) {
        ticks.values = decadeTicks(axis.low, axis.high, most);
        for (const double value : std::as_const(ticks.values))
            ticks.labels.append(readableNumber(value));
        return ticks;
    }
    ticks.values = niceTicks(axis.low, axis.high, most);
    const auto fractional = [&ticks] {
        const double step = ticks.values.size() > 1 ? ticks.values.at(1) - ticks.values.at(0) : 1.0;
        return step != std::round(step);
    };
    while (axis.whole && most > 2 && fractional())
        ticks.values = niceTicks(axis.low, axis.high, --most);
    if (axis.whole && fractional())
        ticks.values.removeIf([](double value) { return value != std::round(value); });
    const double step =
        ticks.values.size() > 1 ? ticks.values.at(1) - ticks.values.at(0) : axis.high - axis.low;
    for (const double value : std::as_const(ticks.values))
        ticks.labels.append(tickLabel(value, step));
    return ticks;
}

double lineHeight(const QFont &font)
{
    return QFontMetricsF(font).height();
}

double widest(const Ticks &ticks, const FigureStyle &style)
{
    return std::ceil(widestLabel(ticks.labels, axisFont(style)));
}

/// As many ticks as have room side by side.
Ticks ticksAlong(const ValueAxis &axis, double length, const FigureStyle &style)
{
    const double gap = 2.0 * QFontMetricsF(axisFont(style)).averageCharWidth();
    for (int most = 12; most > 2; --most) {
        Ticks ticks = ticksOf(axis, most);
        const double count = static_cast<double>(ticks.values.size());
        if (count < 2.0 || (widest(ticks, style) + gap) * (count - 1.0) <= length)
            return ticks;
    }
    return ticksOf(axis, 2);
}

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

double ValueAxis::position(double value) const
{
    if (logarithmic)
        return std::log(std::max(value, low) / low) / std::log(high / low);
    // Halves: a range may be larger than the largest double.
    return (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
}

QFont axisFont(const FigureStyle &style)
{
    return scaledFont(style.font, 0.85);
}

QFont axisTitleFont(const FigureStyle &style)
{
    return scaledFont(style.font, 0.9);
}

double leftAxisWidth(const ValueAxis &axis, const FigureStyle &style)
{
    const double least = QFontMetricsF(axisFont(style)).horizontalAdvance(QStringLiteral("−0.00"));
    // Fewer ticks can have no longer labels.
    const double labels = std::max(least, widest(ticksOf(axis, mostTicks), style));
    return std::ceil(labels + 2.0 * tickGap +
                     (axis.title.isEmpty() ? 0.0 : lineHeight(axisTitleFont(style)) + titleGap));
}

double bottomAxisHeight(const ValueAxis &axis, const FigureStyle &style)
{
    return std::ceil(lineHeight(axisFont(style)) + 2.0 * tickGap +
                     (axis.title.isEmpty() ? 0.0 : lineHeight(axisTitleFont(style)) + titleGap));
}

double bottomAxisEnd(const ValueAxis &axis, const FigureStyle &style)
{
    return std::max(8.0, std::ceil(widest(ticksOf(axis, mostTicks), style) / 2.0) + 1.0);
}

void paintLeftAxis(QPainter &painter, const ValueAxis &axis, const QRectF &plot, const QRectF &room,
                   const FigureStyle &style)
{
    const double line = lineHeight(axisFont(style));
    const Ticks ticks =
        ticksOf(axis, std::min(mostTicks, static_cast<int>(plot.height() / (line * 1.8)) + 1));
    painter.setFont(axisFont(style));
    for (qsizetype index = 0; index < ticks.values.size(); ++index) {
        const double y = plot.bottom() - axis.position(ticks.values.at(index)) * plot.height();
        painter.setPen(QPen(style.grid, 0.6));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(style.muted);
        paintLine(painter, QRectF(room.left(), y - line / 2.0, plot.left() - tickGap - room.left(), line),
                  Qt::AlignRight | Qt::AlignVCenter, ticks.labels.at(index));
    }
    painter.setPen(QPen(style.grid, 1.0));
    painter.drawLine(plot.topLeft(), plot.bottomLeft());
    painter.setFont(axisTitleFont(style));
    painter.setPen(style.text);
    // Centred on the plot as far as the figure has room for it.
    const double length = std::clamp(QFontMetricsF(painter.font()).horizontalAdvance(axis.title) + 2.0,
                                     plot.height(), std::max(plot.height(), room.height()));
    const double middle = std::clamp(plot.center().y(), room.top() + length / 2.0,
                                     std::max(room.top() + length / 2.0, room.bottom() - length / 2.0));
    paintLine(painter, QRectF(room.left(), middle - length / 2.0, lineHeight(painter.font()), length),
              Qt::AlignHCenter | Qt::AlignTop, axis.title, true);
}

void paintBottomAxis(QPainter &painter, const ValueAxis &axis, const QRectF &plot, const QRectF &room,
                     const FigureStyle &style)
{
    const double line = lineHeight(axisFont(style));
    const Ticks ticks = ticksAlong(axis, plot.width(), style);
    const double label = widest(ticks, style);
    painter.setFont(axisFont(style));
    for (qsizetype index = 0; index < ticks.values.size(); ++index) {
        const double x = plot.left() + axis.position(ticks.values.at(index)) * plot.width();
        painter.setPen(QPen(style.grid, 0.6));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        painter.setPen(style.muted);
        paintLine(painter, QRectF(x - label / 2.0, plot.bottom() + tickGap, label, line),
                  Qt::AlignHCenter | Qt::AlignTop, ticks.labels.at(index));
    }
    painter.setPen(QPen(style.grid, 1.0));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.setFont(axisTitleFont(style));
    painter.setPen(style.text);
    const double height = lineHeight(painter.font());
    const double length = std::clamp(QFontMetricsF(painter.font()).horizontalAdvance(axis.title) + 2.0,
                                     plot.width(), std::max(plot.width(), room.width()));
    const double middle = std::clamp(plot.center().x(), room.left() + length / 2.0,
                                     std::max(room.left() + length / 2.0, room.right() - length / 2.0));
    paintLine(painter, QRectF(middle - length / 2.0, room.bottom() - height, length, height),
              Qt::AlignHCenter | Qt::AlignTop, axis.title);
}

double legendHeight(const QList<LegendEntry> &entries, double width, const FigureStyle &style)
{
    if (entries.isEmpty())
        return 0.0;
    const QFont font = axisFont(style);
    return legendPlaces(entries, width, font).constLast().y() + std::ceil(lineHeight(font)) + 4.0;
}

void paintLegend(QPainter &painter, const QList<LegendEntry> &entries, const QRectF &area,
                 const FigureStyle &style)
{
    constexpr double dot = 4.0;
    painter.setFont(axisFont(style));
    const double line = std::ceil(lineHeight(painter.font()));
    const QList<QPointF> places = legendPlaces(entries, area.width(), painter.font());
    for (qsizetype index = 0; index < entries.size(); ++index) {
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
