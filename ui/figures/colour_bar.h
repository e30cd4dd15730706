// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/colour_map.h"
#include "ui/figures/figure_style.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace encoderscope
{

/// How wide a vertical colour bar is with its ticks and title.
double colourBarWidth(const ColourScale &scale, const FigureStyle &style);
/// How high a horizontal one is.
double colourBarHeight(const FigureStyle &style);

/// A colour bar with round ticks in `area`: vertical at its left, with the title reading upwards beside it,
/// or horizontal at its top when the area is wider than high. `clipped`: its ends are arrows, since values
/// lie beyond them.
void paintColourBar(QPainter &painter, const QRectF &area, const ColourScale &scale, const QString &title,
                    bool clipped, const FigureStyle &style);

} // namespace encoderscope
