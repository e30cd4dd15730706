// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/figure_scales.h"

#include "ui/figures/ticks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace encoderscope
{

double largestMagnitude(const MatrixRef &values)
{
    float largest = 0.0F;
    for (Index row = 0; row < values.rows(); ++row) {
        for (Index column = 0; column < values.cols(); ++column) {
            const float value = std::abs(values(row, column));
            if (std::isfinite(value))
                largest = std::max(largest, value);
        }
    }
    return static_cast<double>(largest);
}

double largestValue(const MatrixRef &values)
{
    float largest = -std::numeric_limits<float>::infinity();
    for (Index row = 0; row < values.rows(); ++row) {
        for (Index column = 0; column < values.cols(); ++column) {
            const float value = values(row, column);
            if (std::isfinite(value))
                largest = std::max(largest, value);
        }
    }
    return std::isfinite(largest) ? static_cast<double>(largest) : 0.0;
}

double divergingLimit(const Matrix &values, bool &clipped)
{
    clipped = false;
    constexpr Index mostSamples = 65'536;
    const Index stride = std::max<Index>(1, values.size() / mostSamples);
    std::vector<float> magnitudes;
    magnitudes.reserve(static_cast<std::size_t>(values.size() / stride + 1));
    for (Index index = 0; index < values.size(); index += stride) {
        const float value = std::abs(values.data()[index]);
        if (std::isfinite(value))
            magnitudes.push_back(value);
    }
    if (magnitudes.empty())
        return 1.0;
    const float largest = *std::max_element(magnitudes.begin(), magnitudes.end());
    if (largest == 0.0F)
        return 1.0;
    const auto rank = static_cast<std::ptrdiff_t>(static_cast<double>(magnitudes.size() - 1) * 0.995);
    std::nth_element(magnitudes.begin(), magnitudes.begin() + rank, magnitudes.end());
    const double most = niceLimit(static_cast<double>(magnitudes[static_cast<std::size_t>(rank)]));
    const double all = niceLimit(static_cast<double>(largest));
    // Only values that stand out far are worth an arrow.
    if (all <= 2.5 * most)
        return all;
    clipped = true;
    return most;
}

} // namespace encoderscope
