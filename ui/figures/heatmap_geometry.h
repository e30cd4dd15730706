// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineF>
#include <QList>
#include <QRect>
#include <QRectF>

#include <optional>

namespace encoderscope
{

// Cell <-> point, as pure functions. `area` is where the cells are painted, `visible` the part of the matrix
// that is shown there, in cells (x = column, y = row).

QRectF cellRect(const QRectF &area, const QRectF &visible, int row, int column);
/// A whole block of cells (x = column, y = row).
QRectF blockRect(const QRectF &area, const QRectF &visible, const QRect &block);
/// The cell under a point (x = column, y = row); nothing outside.
std::optional<QPoint> cellAt(const QPointF &point, const QRectF &area, const QRectF &visible);
/// Every cell that `visible` shows at least a part of.
QRect coveringCells(const QRectF &visible, int rows, int columns);

/// The first and last column of a row whose number is at most `reach` from the row's; numbers ascend, and are
/// their own places when there are none. Nothing when there is no such column: then first > last.
struct ColumnSpan {
    int first = 0, last = -1;
};
ColumnSpan columnsWithin(int reach, int row, int columns, const QList<int> &rowNumbers,
                         const QList<int> &columnNumbers);

/// The edge between cells whose row and column are at most `reach` apart and the others, of the rows from
/// `first` to `last`; not where the matrix ends.
QList<QLineF> reachEdge(const QRectF &area, const QRectF &visible, int reach, int first, int last,
                        int columns, const QList<int> &rowNumbers, const QList<int> &columnNumbers);

/// Diagonal lines that fill `area`, ending at its edges.
QList<QLineF> hatchLines(const QRectF &area, double spacing);

} // namespace encoderscope
