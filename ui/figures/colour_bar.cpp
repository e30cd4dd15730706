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

constexpr double barWidth = 12.0;
constexpr double tickLength = 3.0;
constexpr double arrowHeight = 8.0;
constexpr double tickFactor = 0.85;

double tickWidth(const FigureStyle &style)
{
    return QFontMetricsF(scaledFont(style.font, tickFactor)).horizontalAdvance(QStringLiteral("−0.00"));
}

double titleWidth(const FigureStyle &style)
{
    return QFontMetricsF(scaledFont(style.font, tickFactor)).height() + 4.0;
}

} // namespace

double colourBarWidth(const FigureStyle &style)
{
    return std::ceil(barWidth + 2.0 * tickLength + tickWidth(style) + titleWidth(style));
}

void paintColourBar(QPainter &painter, const QRectF &area, const ColourScale &scale, const QString &title,
                    bool clipped, const FigureStyle &style)
{
    const QFont font = scaledFont(style.font, tickFactor);
    const QFontMetricsF metrics(font);
    // Without arrows the bar is as tall as the cells beside it; the outermost labels stand out a little.
    const double inset = clipped ? arrowHeight : 0.0;
    const QRectF bar(area.left(), area.top() + inset, barWidth, area.height() - 2.0 * inset);
    if (bar.height() < 8.0 || !(scale.high > scale.low))
        return;

    ColourScale colours = scale;
    colours.dark = style.theme == Theme::dark;
    const auto valueAt = [&colours](double position) {
        return colours.logarithmic ? colours.low * std::pow(colours.high / colours.low, position)
                                   : colours.low + (colours.high - colours.low) * position;
    };
    QLinearGradient gradient(bar.bottomLeft(), bar.topLeft());
    constexpr int stops = 32;
    for (int stop = 0; stop <= stops; ++stop) {
        const double position = static_cast<double>(stop) / stops;
        gradient.setColorAt(position, QColor::fromRgb(colours.colour(valueAt(position))));
    }
    painter.fillRect(bar, gradient);
    painter.setBrush(Qt::NoBrush);
    QPainterPath outline;
    outline.addRect(bar);
    if (clipped) {
        const bool below = colours.map == ColourMap::diverging;
        outline.clear();
        const QPolygonF top{bar.topLeft(), QPointF(bar.center().x(), bar.top() - arrowHeight),
                            bar.topRight()};
        const QPolygonF bottom{bar.bottomRight(), QPointF(bar.center().x(), bar.bottom() + arrowHeight),
                               bar.bottomLeft()};
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor::fromRgb(colours.colour(colours.high)));
        painter.drawPolygon(top);
        if (below) {
            painter.setBrush(QColor::fromRgb(colours.colour(colours.low)));
            painter.drawPolygon(bottom);
        }
        painter.setBrush(Qt::NoBrush);
        QPolygonF shape = top;
        shape += below ? bottom : QPolygonF{bar.bottomRight(), bar.bottomLeft()};
        outline.addPolygon(shape);
        outline.closeSubpath();
    }
    painter.setPen(QPen(style.grid, 1.0));
    painter.drawPath(outline);

    const int most = std::max(2, static_cast<int>(bar.height() / (metrics.height() * 1.8)) + 1);
    const QList<double> ticks = colours.logarithmic ? decadeTicks(colours.low, colours.high, most)
                                                    : niceTicks(colours.low, colours.high, std::min(most, 9));
    const double step = ticks.size() > 1 ? ticks.at(1) - ticks.at(0) : colours.high;
    painter.setFont(font);
    for (const double tick : ticks) {
        const double y = bar.bottom() - colours.position(tick) * bar.height();
        painter.setPen(QPen(style.muted, 1.0));
        painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + tickLength, y));
        const QRectF label(bar.right() + 2.0 * tickLength, y - metrics.height() / 2.0, tickWidth(style),
                           metrics.height());
        const QString text = colours.logarithmic ? readableNumber(tick) : tickLabel(tick, step);
        paintLine(painter, label, Qt::AlignLeft | Qt::AlignVCenter, text);
    }
    painter.setPen(style.text);
    const QRectF titleRect(bar.right() + 2.0 * tickLength + tickWidth(style), area.top(), titleWidth(style),
                           area.height());
    paintLine(painter, titleRect, Qt::AlignHCenter | Qt::AlignBottom, title, true);
}

} // namespace encoderscope
