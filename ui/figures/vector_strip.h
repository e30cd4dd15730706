// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>

namespace encoderscope
{

// A vector as a strip of cells: one row when it is short, else rows of equal length, one below the other.

int stripColumns(int elements);
int stripRows(int elements);
double stripHeight(int elements);
QRectF stripCell(const QRectF &strip, int elements, int element);
/// -1 when there is none.
int stripElementAt(const QRectF &strip, int elements, const QPointF &point);

} // namespace encoderscope
