// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/heatmap.h"

#include <memory>

namespace encoderscope
{

std::function<Matrix(int, int)> rowsOf(Matrix values)
{
    const auto shared = std::make_shared<const Matrix>(std::move(values));
    return [shared](int firstRow, int count) { return Matrix(shared->middleRows(firstRow, count)); };
}

std::function<Matrix(int, int)> watched(std::function<Matrix(int, int)> values,
                                        std::function<void(int rows)> asked)
{
    return [values = std::move(values), asked = std::move(asked)](int firstRow, int count) {
        asked(count);
        return values(firstRow, count);
    };
}

} // namespace encoderscope
