// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"

class QIODevice;

namespace encoderscope
{

// The numbers behind a figure, row by row into a device. Throw Error with what the device says when it fails.

/// RFC 4180, UTF-8 without a byte order mark, numbers with nine significant digits.
void writeCsv(QIODevice &device, const Figure &figure);
/// {"title": ..., "caption": ..., "columns": [...], "rows": [[...], ...]}; what is not a finite number is
/// null.
void writeJson(QIODevice &device, const Figure &figure);
/// The numbers alone, without the columns of labels: an array of little-endian float32, C order:
/// [rows x columns], of a grid [rows of panels x panels in a row x rows x columns].
void writeNpy(QIODevice &device, const Figure &figure);
/// Lines of tab-separated cells, as spreadsheets take them from the clipboard.
QString tabSeparated(const Figure &figure);

} // namespace encoderscope
