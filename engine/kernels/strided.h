// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace encoderscope::kernels
{

/// Rows of floats somewhere in memory: all that the kernels know of a matrix.
struct ConstRows {
    const float *data = nullptr;
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::size_t stride = 0; ///< floats from one row to the next

    const float *row(std::size_t index) const { return data + index * stride; }
};

struct Rows {
    float *data = nullptr;
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::size_t stride = 0; ///< floats from one row to the next

    float *row(std::size_t index) const { return data + index * stride; }
    operator ConstRows() const { return {data, rows, columns, stride}; }
};

} // namespace encoderscope::kernels
