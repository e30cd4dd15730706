// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/panels.h"

#include "engine/kernels/workers.h"

#include <algorithm>
#include <cstring>

namespace encoderscope::kernels
{

namespace
{

using Four = float __attribute__((vector_size(4 * sizeof(float))));

/// Four rows by four columns of `source` become as many columns by rows, panel_width floats apart, at `to`.
void transpose_four(const ConstRows &source, std::size_t row, std::size_t column, float *to)
{
    Four rows[4];
    for (std::size_t i = 0; i < 4; ++i)
        std::memcpy(&rows[i], source.row(row + i) + column, sizeof(Four));
    const Four low[2] = {__builtin_shufflevector(rows[0], rows[1], 0, 4, 1, 5),
                         __builtin_shufflevector(rows[2], rows[3], 0, 4, 1, 5)};
    const Four high[2] = {__builtin_shufflevector(rows[0], rows[1], 2, 6, 3, 7),
                          __builtin_shufflevector(rows[2], rows[3], 2, 6, 3, 7)};
    const Four columns[4] = {__builtin_shufflevector(low[0], low[1], 0, 1, 4, 5),
                             __builtin_shufflevector(low[0], low[1], 2, 3, 6, 7),
                             __builtin_shufflevector(high[0], high[1], 0, 1, 4, 5),
                             __builtin_shufflevector(high[0], high[1], 2, 3, 6, 7)};
    for (std::size_t i = 0; i < 4; ++i)
        std::memcpy(to + i * panel_width, &columns[i], sizeof(Four));
}

} // namespace

void pack_rows(const ConstRows &source, std::size_t first, std::size_t last, float *panels)
{
    constexpr std::size_t side = 4;
    const std::size_t depth = source.columns;
    for (std::size_t panel = first; panel < last; ++panel) {
        float *to = panels + panel * depth * panel_width;
        const std::size_t first_row = panel * panel_width;
        const std::size_t rows = std::min(panel_width, source.rows - first_row);
        if (rows < panel_width)
            std::fill_n(to, depth * panel_width, 0.0F);
        const std::size_t whole_rows = rows / side * side;
        const std::size_t whole_depth = depth / side * side;
        for (std::size_t k = 0; k < whole_depth; k += side) {
            for (std::size_t row = 0; row < whole_rows; row += side)
                transpose_four(source, first_row + row, k, to + k * panel_width + row);
        }
        for (std::size_t row = 0; row < rows; ++row) {
            const float *from = source.row(first_row + row);
            for (std::size_t k = row < whole_rows ? whole_depth : 0; k < depth; ++k)
                to[k * panel_width + row] = from[k];
        }
    }
}

void pack_columns(const ConstRows &source, std::size_t first, std::size_t last, float *panels)
{
    for (std::size_t panel = first; panel < last; ++panel) {
        float *to = panels + panel * source.rows * panel_width;
        const std::size_t columns = std::min(panel_width, source.columns - panel * panel_width);
        for (std::size_t row = 0; row < source.rows; ++row) {
            const float *from = source.row(row) + panel * panel_width;
            if (columns == panel_width) {
                std::copy_n(from, panel_width, to + row * panel_width);
            } else {
                std::copy_n(from, columns, to + row * panel_width);
                std::fill_n(to + row * panel_width + columns, panel_width - columns, 0.0F);
            }
        }
    }
}

Panels::Panels(const ConstRows &weight, Side outputs)
    : in_(outputs == Side::rows ? weight.columns : weight.rows)
    , out_(outputs == Side::rows ? weight.rows : weight.columns)
    , data_(aligned_floats(count() * panel_width * (in_ + 1)))
{
    constexpr std::size_t floats_per_chunk = 1U << 16U;
    const std::size_t panels = count();
    std::fill_n(data_.get() + panels * panel_width * in_, panels * panel_width, 0.0F);
    const std::size_t per_chunk =
        std::max(floats_per_chunk / std::max<std::size_t>(in_ * panel_width, 1), panels / 1024 + 1);
    // Not to be stopped: panels outlive the run that asked for them.
    run_chunks((panels + per_chunk - 1) / per_chunk, [&](std::size_t chunk, std::size_t) {
        const std::size_t first = chunk * per_chunk;
        const std::size_t last = std::min(first + per_chunk, panels);
        if (outputs == Side::rows)
            pack_rows(weight, first, last, data_.get());
        else
            pack_columns(weight, first, last, data_.get());
    });
}

} // namespace encoderscope::kernels
