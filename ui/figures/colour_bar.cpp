// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colour_bar.h"

#include "ui/figures/figure_text.h"
#include "ui/figures/ticks.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double thickness = 12.0;
constexpr double tickLength = 3.0;
constexpr double arrowLength = 8.0;
constexpr double tickFactor = 0.85;

QFont tickFont(const FigureStyle &style)
{
    return scaledFont(style.font, tickFactor);
}

double titleHeight(const FigureStyle &style)
{
    return QFontMetricsF(tickFont(style)).height() + 4.0;
}

/// Lines of a title that reads upwards.
int upwardLines(const QString &title, double room, const FigureStyle &style)
{
    return widestLabel({title}, tickFont(style)) <= room ? 1 : 2;
}

struct Tick {
    double value;
    QString label;
};

QList<Tick> colourTicksOf(const ColourScale &scale, int most)
{
    const QList<double> values = scale.logarithmic ? decadeTicks(scale.low, scale.high, most)
                                                   : niceTicks(scale.low, scale.high, std::min(most, 9));
    const double step = values.size() > 1 ? values.at(1) - values.at(0) : scale.high;
    QList<Tick> ticks;
    for (const double value : values)
        ticks.append({value, scale.logarithmic ? readableNumber(value) : tickLabel(value, step)});
    return ticks;
}

double widestTick(const QList<Tick> &ticks, const FigureStyle &style)
{
    const QFontMetricsF metrics(tickFont(style));
    double widest = metrics.horizontalAdvance(QStringLiteral("−0.00"));
    for (const Tick &tick : ticks)
        widest = std::max(widest, metrics.horizontalAdvance(tick.label));
    return std::ceil(widest);
}

/// As many ticks as fit side by side.
QList<Tick> colourTicksAlong(const ColourScale &scale, double length, const FigureStyle &style)
{
    for (int most = 9; most > 2; --most) {
        const QList<Tick> ticks = colourTicksOf(scale, most);
        if (static_cast<double>(ticks.size()) * (widestTick(ticks, style) + 8.0) <= length)
            return ticks;
    }
    return colourTicksOf(scale, 2);
}

void paintGradient(QPainter &painter, const QRectF &bar, bool vertical, const ColourScale &scale,
                   bool clipped, const FigureStyle &style)
{
    const Colouring colouring = style.colouring();
    const auto colourAt = [&](double position) {
        const double value = scale.logarithmic ? scale.low * std::pow(scale.high / scale.low, position)
                                               : scale.low * (1.0 - position) + scale.high * position;
        return QColor::fromRgb(scale.colour(value, colouring));
    };
    QLinearGradient gradient(bar.bottomLeft(), vertical ? bar.topLeft() : bar.bottomRight());
    constexpr int stops = 32;
    for (int stop = 0; stop <= stops; ++stop)
        gradient.setColorAt(static_cast<double>(stop) / stops, colourAt(static_cast<double>(stop) / stops));
    painter.fillRect(bar, gradient);

    QPolygonF outline{bar.topLeft(), bar.topRight(), bar.bottomRight(), bar.bottomLeft()};
    if (clipped) {
        const auto arrow = [&](QPointF one, QPointF tip, QPointF other, double position) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colourAt(position));
            painter.drawPolygon(QPolygonF{one, tip, other});
        };
        const QPointF c = bar.center();
        const QPointF high =
            vertical ? QPointF(c.x(), bar.top() - arrowLength) : QPointF(bar.right() + arrowLength, c.y());
        const QPointF low =
            vertical ? QPointF(c.x(), bar.bottom() + arrowLength) : QPointF(bar.left() - arrowLength, c.y());
        arrow(vertical ? bar.topLeft() : bar.topRight(), high, vertical ? bar.topRight() : bar.bottomRight(),
              1.0);
        outline.insert(vertical ? 1 : 2, high);
        if (scale.map == ColourMap::diverging) {
            arrow(vertical ? bar.bottomRight() : bar.bottomLeft(), low,
                  vertical ? bar.bottomLeft() : bar.topLeft(), 0.0);
            outline.insert(vertical ? 4 : 5, low);
        }
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.grid, 1.0));
    painter.drawPolygon(outline);
}

} // namespace

double colourBarWidth(const ColourScale &scale, const QString &title, double room, const FigureStyle &style)
{
    return std::ceil(thickness + 2.0 * tickLength + widestTick(colourTicksOf(scale, 9), style) +
                     upwardLines(title, room, style) * titleHeight(style));
}

double colourBarHeight(const FigureStyle &style)
{
    return std::ceil(thickness + 2.0 * tickLength + QFontMetricsF(tickFont(style)).height() +
                     titleHeight(style));
}

void paintColourBar(QPainter &painter, const ColourBarPlace &place, const ColourScale &scale,
                    const QString &title, bool clipped, const FigureStyle &style)
{
    const QRectF &area = place.area;
    const bool vertical = place.vertical;
    const QFont font = tickFont(style);
    const QFontMetricsF metrics(font);
    // Without arrows the bar is as long as the cells beside it; the outermost labels stand out a little.
    const double inset = clipped ? arrowLength : 0.0;
    const QRectF bar = vertical
                           ? QRectF(area.left(), area.top() + inset, thickness, area.height() - 2.0 * inset)
                           : QRectF(area.left() + inset, area.top(), area.width() - 2.0 * inset, thickness);
    const double length = vertical ? bar.height() : bar.width();
    if (length < 8.0 || !(scale.high > scale.low))
        return;
    paintGradient(painter, bar, vertical, scale, clipped, style);

    const QList<Tick> ticks =
        vertical ? colourTicksOf(scale, std::max(2, static_cast<int>(length / (metrics.height() * 1.8)) + 1))
                 : colourTicksAlong(scale, length, style);
    const double widest = widestTick(ticks, style);
    painter.setFont(font);
    painter.setPen(QPen(style.muted, 1.0));
    for (const Tick &tick : ticks) {
        const double along = scale.position(tick.value) * length;
        if (vertical) {
            const double y = bar.bottom() - along;
            painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + tickLength, y));
            paintLine(
                painter,
                QRectF(bar.right() + 2.0 * tickLength, y - metrics.height() / 2.0, widest, metrics.height()),
                Qt::AlignLeft | Qt::AlignVCenter, tick.label);
        } else {
            const double x = bar.left() + along;
            painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + tickLength));
            paintLine(painter,
                      QRectF(x - widest / 2.0, bar.bottom() + 2.0 * tickLength, widest, metrics.height()),
                      Qt::AlignHCenter | Qt::AlignVCenter, tick.label);
        }
    }
    painter.setPen(style.text);
    if (vertical) {
        const double room = place.bottom - place.top;
        double left = bar.right() + 2.0 * tickLength + widest;
        for (const QString &line : wrappedLines(title, font, room, upwardLines(title, room, style))) {
            const double needed = std::min(widestLabel({line}, font), room);
            const double tall = std::max(area.height(), needed);
            const double top =
                std::max(std::min(area.center().y() - tall / 2.0, place.bottom - tall), place.top);
            paintLine(painter, QRectF(left, top, titleHeight(style), tall),
                      Qt::AlignHCenter | Qt::AlignBottom, line, true);
            left += titleHeight(style);
        }
    } else {
        paintLine(painter,
                  QRectF(area.left(), bar.bottom() + 2.0 * tickLength + metrics.height(), area.width(),
                         titleHeight(style)),
                  Qt::AlignHCenter | Qt::AlignBottom, title);
    }
}

} // namespace encoderscope
