// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/heatmap_geometry.h"

#include <algorithm>
#include <cmath>

namespace encoderscope
{

QRectF blockRect(const QRectF &area, const QRectF &visible, const QRect &block)
{
    const double width = area.width() / visible.width();
    const double height = area.height() / visible.height();
    return {area.left() + (block.x() - visible.x()) * width, area.top() + (block.y() - visible.y()) * height,
            block.width() * width, block.height() * height};
}

QRectF cellRect(const QRectF &area, const QRectF &visible, int row, int column)
{
    return blockRect(area, visible, QRect(column, row, 1, 1));
}

std::optional<QPoint> cellAt(const QPointF &point, const QRectF &area, const QRectF &visible)
{
    const double x = (point.x() - area.left()) / area.width();
    const double y = (point.y() - area.top()) / area.height();
    if (!(x >= 0.0 && x < 1.0 && y >= 0.0 && y < 1.0))
        return std::nullopt;
    return QPoint(static_cast<int>(std::floor(visible.x() + x * visible.width())),
                  static_cast<int>(std::floor(visible.y() + y * visible.height())));
}

QRect coveringCells(const QRectF &visible, int rows, int columns)
{
    return visible.toAlignedRect().intersected(QRect(0, 0, columns, rows));
}

QList<QLineF> hatchLines(const QRectF &area, double spacing)
{
    QList<QLineF> lines;
    if (area.isEmpty() || !(spacing > 0.0))
        return lines;
    const double w = area.width();
    const double h = area.height();
    // Lines x + y = offset, seen from the top left corner.
    for (double offset = spacing / 2.0; offset < w + h; offset += spacing) {
        const double startX = std::min(offset, w);
        const double endX = std::max(0.0, offset - h);
        lines.append(QLineF(area.left() + startX, area.top() + offset - startX, area.left() + endX,
                            area.top() + offset - endX));
    }
    return lines;
}

} // namespace encoderscope
