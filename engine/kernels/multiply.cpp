// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/targets.h"

#include "engine/kernels/multiply.h"

#include "engine/kernels/instruction_set.h"
#include "engine/kernels/workers.h"

#include <algorithm>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/multiply.cpp"
#include <hwy/foreach_target.h>

#include "engine/kernels/elementwise-inl.h"
#include "engine/kernels/multiply-inl.h"

#ifndef ENCODERSCOPE_MULTIPLY_SIZES
#define ENCODERSCOPE_MULTIPLY_SIZES
namespace encoderscope::kernels
{

inline constexpr std::size_t most_rows_of_piece = 126;

/// Rows whole pages apart share the few places of a set in the first cache. Pieces of many such rows work on
/// a copy, and have fewer rows and more columns for the copy to be worth it.
inline constexpr std::size_t most_copied_rows = 42;
inline bool is_aliased(const ConstRows &rows)
{
    return rows.rows > most_copied_rows && rows.stride % 1024 == 0;
}
inline constexpr std::size_t copied_depth = 512;
inline constexpr std::size_t copied_stride = copied_depth + panel_width;

} // namespace encoderscope::kernels
#endif

HWY_BEFORE_NAMESPACE();
namespace encoderscope::kernels
{
namespace HWY_NAMESPACE
{

/// A piece of a product: rows [first_row, last_row), panels [first_panel, last_panel).
inline void multiply_piece(const Product &product, std::size_t first_row, std::size_t last_row,
                           std::size_t first_panel, std::size_t last_panel)
{
    const float *bias = product.bias ? product.bias : product.weights->no_bias();
    const std::size_t in = product.from.columns;
    const std::size_t rows = last_row - first_row;
    // Depth of rows and panels that stays in the first two caches while the row tiles pass over it.
    const std::size_t most_depth = tile_panels<tile_vectors> > 1 || rows <= 64 ? 768 : 384;
    const std::size_t panel_stride = in * panel_width;
    const bool aliased = is_aliased(product.from);
    const std::size_t deepest = aliased ? copied_depth : rows <= 3 * tile_rows ? in : most_depth;
    const std::size_t depths = deepest == 0 ? 1 : std::max<std::size_t>((in + deepest - 1) / deepest, 1);
    const std::size_t column = first_panel * panel_width;
    const std::size_t columns = std::min(last_panel * panel_width, product.to.columns) - column;
    const Rows to{product.to.row(first_row) + column, rows, columns, product.to.stride};

    HWY_ALIGN float copied[most_copied_rows * copied_stride];
    for (std::size_t depth = 0; depth < depths; ++depth) {
        const std::size_t begin = in * depth / depths;
        const std::size_t end = in * (depth + 1) / depths;
        ConstRows from{product.from.row(first_row) + begin, rows, end - begin, product.from.stride};
        if (aliased) {
            for (std::size_t row = 0; row < rows; ++row)
                std::copy_n(from.row(row), from.columns, copied + row * copied_stride);
            from.data = copied;
            from.stride = copied_stride;
        }
        const float *const panel = product.weights->panel(first_panel) + begin * panel_width;
        const float *const next =
            end < in ? panel + from.columns * panel_width : product.weights->panel(last_panel);
        if (depth > 0)
            multiply_block(from, panel, panel_stride, to.data, to.stride, to, next);
        else
            multiply_block(from, panel, panel_stride, bias + column, 0, to, next);
    }

    const auto piece = [&](const auto &whole) {
        auto part = whole;
        part.data = whole.row(first_row) + column;
        part.rows = rows;
        part.columns = columns;
        return part;
    };
    if (product.activated.data)
        activate_rows(piece(product.to), piece(product.activated), product.curve);
    if (product.sum.data)
        add_rows(piece(product.residual), piece(product.to), piece(product.sum));
}

} // namespace HWY_NAMESPACE
} // namespace encoderscope::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace encoderscope::kernels
{

HWY_EXPORT(multiply_piece);

namespace
{

/// How one product is cut into pieces for the threads.
struct Cut {
    std::size_t row_blocks;
    std::size_t panels_per_piece;
    std::size_t pieces_across;

    Cut(const Product &product, std::size_t threads)
    {
        // Multiplications that a piece should have at least, to be worth a claim, and at most, for a core
        // that another program takes away to hold up little.
        constexpr std::size_t least = 1U << 15U;
        constexpr std::size_t most = 1U << 26U;
        const std::size_t rows = product.from.rows;
        const std::size_t panels = product.weights->count();
        const std::size_t most_rows = is_aliased(product.from) ? most_copied_rows : most_rows_of_piece;
        row_blocks = std::max<std::size_t>((rows + most_rows - 1) / most_rows, 1);
        const std::size_t per_panel =
            std::max<std::size_t>(rows / row_blocks * product.from.columns * panel_width, 1);
        const std::size_t even = panels * row_blocks / (threads * 6);
        // Tiles are up to two panels wide.
        panels_per_piece =
            std::max<std::size_t>(std::min(std::max(even, least / per_panel), most / per_panel) / 2 * 2, 2);
        pieces_across = (panels + panels_per_piece - 1) / panels_per_piece;
    }
    std::size_t pieces() const { return row_blocks * pieces_across; }
};

} // namespace

void multiply(std::span<const Product> products, const std::stop_token &stop)
{
    ensure_instruction_set();
    const auto piece = HWY_DYNAMIC_DISPATCH(multiply_piece);
    std::vector<Cut> cuts;
    std::size_t pieces = 0;
    for (const Product &product : products) {
        cuts.emplace_back(product, worker_threads());
        pieces += cuts.back().pieces();
    }
    const auto run_piece = [&](std::size_t chunk, std::size_t) {
        std::size_t index = 0;
        while (chunk >= cuts[index].pieces())
            chunk -= cuts[index++].pieces();
        const Product &product = products[index];
        const Cut &cut = cuts[index];
        const std::size_t block = chunk / cut.pieces_across;
        const std::size_t first_panel = chunk % cut.pieces_across * cut.panels_per_piece;
        piece(product, product.from.rows * block / cut.row_blocks,
              product.from.rows * (block + 1) / cut.row_blocks, first_panel,
              std::min(first_panel + cut.panels_per_piece, product.weights->count()));
    };
    run_chunks(pieces, run_piece, stop);
}

} // namespace encoderscope::kernels
#endif
