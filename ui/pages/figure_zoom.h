// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

namespace encoderscope
{

// Which part of a matrix a zoomed view shows, in cells (x = column, y = row). `all` is the size of the
// matrix.

/// `visible` enlarged (factor > 1) or shrunk around the cell position `fixed`, which stays where it is. At
/// least a few cells stay visible; what is as large as the matrix is the whole of it.
QRectF zoomedCells(const QRectF &visible, const QPointF &fixed, double factor, const QSizeF &all);

/// `visible` moved by `cells`, kept inside the matrix.
QRectF pannedCells(const QRectF &visible, const QPointF &cells, const QSizeF &all);

} // namespace encoderscope
