// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

namespace encoderscope
{

// A vector as a strip of cells: one row when it is short, else rows of equal length, one below the other.

constexpr double worked_margin = 12.0;       ///< left and right of every line
constexpr double worked_symbol_width = 56.0; ///< left of the cells, at least
constexpr double worked_small = 0.86;        ///< size of numbers, of the text's

int stripColumns(int elements);
int stripRows(int elements);
double stripHeight(int elements);
QRectF stripCell(const QRectF &strip, int elements, int element);
/// -1 when there is none.
int stripElementAt(const QRectF &strip, int elements, const QPointF &point);

} // namespace encoderscope
