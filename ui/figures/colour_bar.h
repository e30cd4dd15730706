// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/colour_map.h"
#include "ui/figures/figure_style.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace encoderscope
{

/// How wide a vertical colour bar is with its ticks and title, for which there is room of that length: what
/// is longer takes two lines.
double colourBarWidth(const ColourScale &scale, const QString &title, double room, const FigureStyle &style);
/// How high a horizontal one is.
double colourBarHeight(const FigureStyle &style);

/// Where a colour bar goes.
struct ColourBarPlace {
    QRectF area; ///< with ticks and title; null: there is no room for one
    bool vertical = true;
    double top = 0.0, bottom = 0.0; ///< a vertical bar's title may be longer than the bar: so far up and down
};

/// A colour bar with round ticks: vertical at the left of its area, with the title reading upwards beside it,
/// or horizontal at its top. `clipped`: its ends are arrows, since values lie beyond them.
void paintColourBar(QPainter &painter, const ColourBarPlace &place, const ColourScale &scale,
                    const QString &title, bool clipped, const FigureStyle &style);

} // namespace encoderscope
