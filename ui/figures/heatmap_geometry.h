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

/// Diagonal lines that fill `area`, ending at its edges.
QList<QLineF> hatchLines(const QRectF &area, double spacing);

} // namespace encoderscope
