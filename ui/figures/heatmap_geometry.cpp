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

ColumnSpan columnsWithin(int reach, int row, int columns, const QList<int> &rowNumbers,
                         const QList<int> &columnNumbers)
{
    const int number = rowNumbers.isEmpty() ? row : rowNumbers.value(row);
    if (columnNumbers.isEmpty())
        return {std::max(0, number - reach), std::min(columns - 1, number + reach)};
    const auto begin = columnNumbers.begin();
    const auto first = std::lower_bound(begin, columnNumbers.end(), number - reach);
    const auto end = std::upper_bound(begin, columnNumbers.end(), number + reach);
    return {static_cast<int>(first - begin), static_cast<int>(end - begin) - 1};
}

QList<QLineF> reachEdge(const QRectF &area, const QRectF &visible, int reach, int first, int last,
                        int columns, const QList<int> &rowNumbers, const QList<int> &columnNumbers)
{
    QList<QLineF> lines;
    const auto corner = [&](int row, int column) {
        return blockRect(area, visible, QRect(column, row, 1, 1)).topLeft();
    };
    const auto spanOf = [&](int row) {
        return columnsWithin(reach, row, columns, rowNumbers, columnNumbers);
    };
    const auto across = [&](int row, int from, int to) {
        if (from != to)
            lines.append(QLineF(corner(row, from), corner(row, to)));
    };
    ColumnSpan span = spanOf(first);
    for (int row = first; row <= last; ++row) {
        if (span.first > 0)
            lines.append(QLineF(corner(row, span.first), corner(row + 1, span.first)));
        if (span.last + 1 < columns)
            lines.append(QLineF(corner(row, span.last + 1), corner(row + 1, span.last + 1)));
        if (row == last)
            break;
        const ColumnSpan next = spanOf(row + 1);
        across(row + 1, span.first, next.first);
        across(row + 1, span.last + 1, next.last + 1);
        span = next;
    }
    return lines;
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
