// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPixmap>

namespace encoderscope
{

/// A pixmap that covers `size` (in points) on a screen with `ratio` pixels a point, filled with `ground`.
/// Where the ratio is no whole number it reaches over the edge by less than a pixel rather than fall short of
/// it.
QPixmap screenPixmap(const QSizeF &size, double ratio, const QColor &ground);

} // namespace encoderscope
