// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/aligned_floats.h"
#include "engine/kernels/strided.h"

namespace encoderscope::kernels
{

/// The columns that one panel holds: a cache line of floats.
inline constexpr std::size_t panel_width = 16;

/// How many panels hold `columns`.
constexpr std::size_t panels_for(std::size_t columns)
{
    return (columns + panel_width - 1) / panel_width;
}

/// Writes rows [16 p, 16 p + 16) of `source` as panel p for each p in [first, last): [source.columns x 16],
/// rows past the end as zeros. The panels follow each other from `panels`, which is where panel 0 goes.
void pack_rows(const ConstRows &source, std::size_t first, std::size_t last, float *panels);

/// The same for the columns [16 p, 16 p + 16) of `source`: [source.rows x 16].
void pack_columns(const ConstRows &source, std::size_t first, std::size_t last, float *panels);

/// A weight [out x in] in the order in which a product reads it: panels of 16 outputs, each [in x 16],
/// outputs past the end as zeros. 64-byte aligned.
class Panels
{
public:
    enum class Side {
        rows,    ///< a row of what is packed is an output: y = x Wᵀ
        columns, ///< a column is one: y = x W
    };
    /// Packs on all worker threads. Throws std::bad_alloc.
    explicit Panels(const ConstRows &weight, Side outputs = Side::rows);

    std::size_t in() const { return in_; }
    std::size_t out() const { return out_; }
    std::size_t count() const { return panels_for(out_); }
    /// As many zeros as there are outputs.
    const float *no_bias() const { return panel(count()); }
    const float *panel(std::size_t index) const { return data_.get() + index * in_ * panel_width; }

private:
    std::size_t in_;
    std::size_t out_;
    AlignedFloats data_;
};

} // namespace encoderscope::kernels
