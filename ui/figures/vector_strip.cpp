// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/vector_strip.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int longest_row = 128;
constexpr double single_height = 14.0;
constexpr double folded_height = 5.0;

} // namespace

int stripColumns(int elements)
{
    return std::clamp(elements, 1, longest_row);
}

int stripRows(int elements)
{
    return std::max(1, (elements + longest_row - 1) / longest_row);
}

double stripHeight(int elements)
{
    const int rows = stripRows(elements);
    return rows == 1 ? single_height : rows * folded_height;
}

QRectF stripCell(const QRectF &strip, int elements, int element)
{
    const double width = strip.width() / stripColumns(elements);
    const double height = strip.height() / stripRows(elements);
    return {strip.left() + element % longest_row * width, strip.top() + element / longest_row * height, width,
            height};
}

int stripElementAt(const QRectF &strip, int elements, const QPointF &point)
{
    if (!strip.contains(point) || strip.isEmpty())
        return -1;
    const int columns = stripColumns(elements);
    const int rows = stripRows(elements);
    const int column =
        std::min(static_cast<int>((point.x() - strip.left()) / strip.width() * columns), columns - 1);
    const int row = std::min(static_cast<int>((point.y() - strip.top()) / strip.height() * rows), rows - 1);
    const int element = row * longest_row + column;
    return element < elements ? element : -1;
}

} // namespace encoderscope
