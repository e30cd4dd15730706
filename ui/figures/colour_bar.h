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
double colourBarWidth(const FigureStyle &style);

/// A vertical colour bar with round ticks at the left of `area`; its title reads upwards beside it.
/// `clipped`: its ends are arrows, since values lie beyond them.
void paintColourBar(QPainter &painter, const QRectF &area, const ColourScale &scale, const QString &title,
                    bool clipped, const FigureStyle &style);

} // namespace encoderscope
