// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/figure_zoom.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr double fewest_cells = 3.0;

QRectF keptInside(QRectF visible, const QSizeF &all)
{
    visible.moveLeft(std::clamp(visible.left(), 0.0, std::max(0.0, all.width() - visible.width())));
    visible.moveTop(std::clamp(visible.top(), 0.0, std::max(0.0, all.height() - visible.height())));
    return visible;
}

} // namespace

QRectF zoomedCells(const QRectF &visible, const QPointF &fixed, double factor, const QSizeF &all)
{
    const auto length = [factor](double now, double whole) {
        return std::clamp(now / factor, std::min(fewest_cells, whole), whole);
    };
    const QSizeF size(length(visible.width(), all.width()), length(visible.height(), all.height()));
    const double across = (fixed.x() - visible.left()) / visible.width();
    const double down = (fixed.y() - visible.top()) / visible.height();
    const QPointF corner(fixed.x() - across * size.width(), fixed.y() - down * size.height());
    return keptInside(QRectF(corner, size), all);
}

QRectF pannedCells(const QRectF &visible, const QPointF &cells, const QSizeF &all)
{
    return keptInside(visible.translated(cells), all);
}

} // namespace encoderscope
