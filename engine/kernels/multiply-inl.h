// SPDX-License-Identifier: GPL-3.0-or-later
// The product of rows and panels, compiled once per instruction set.

#if defined(ENCODERSCOPE_MULTIPLY_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ENCODERSCOPE_MULTIPLY_INL_H
#undef ENCODERSCOPE_MULTIPLY_INL_H
#else
#define ENCODERSCOPE_MULTIPLY_INL_H
#endif

#include "engine/kernels/strided.h"
#include "engine/kernels/vectors-inl.h"

#include <hwy/cache_control.h>

HWY_BEFORE_NAMESPACE();
namespace encoderscope::kernels
{
namespace HWY_NAMESPACE
{

// A tile of the result stays in registers: so many rows, so many vectors wide. 16 registers hold 6 x 2 sums,
// 2 vectors of weights and a number of the row; 32 hold 14 x 2.
#if HWY_TARGET <= HWY_AVX3 && HWY_ARCH_X86
inline constexpr std::size_t tile_rows = 14;
#else
inline constexpr std::size_t tile_rows = 6;
#endif
inline constexpr std::size_t tile_vectors = 2;
// Few rows need more columns to keep the multipliers busy.
inline constexpr std::size_t low_tile_rows = 3;
inline constexpr std::size_t low_tile_vectors = 4;

/// The sums of one tile begin with `start` (rows `start_stride` apart; 0: the same for every row) and end in
/// `to`. `panel` is where the first column is in the first row of its panel.
template <std::size_t rows, std::size_t vectors>
HWY_NOINLINE void multiply_tile(const float *HWY_RESTRICT from, std::size_t from_stride,
                                const float *HWY_RESTRICT panel, std::size_t panel_stride, std::size_t depth,
                                const float *start, std::size_t start_stride, float *to,
                                std::size_t to_stride)
{
    // Four kilobytes ahead, past where the processor's own prefetching stops: a page. Weights of a large
    // model come from memory each time, and a few rows do not hide its latency.
    constexpr std::size_t ahead = 1024;
    const FloatTag d;
    Float sums[rows][vectors];
#pragma GCC unroll 16
    for (std::size_t i = 0; i < rows; ++i) {
#pragma GCC unroll 16
        for (std::size_t j = 0; j < vectors; ++j)
            sums[i][j] = hn::LoadU(d, start + i * start_stride + j * lanes);
    }
    for (std::size_t k = 0; k < depth; ++k) {
        hwy::Prefetch(panel + k * panel_width + ahead);
        if constexpr (vectors > rows) {
            Float x[rows];
#pragma GCC unroll 16
            for (std::size_t i = 0; i < rows; ++i)
                x[i] = hn::Set(d, from[i * from_stride + k]);
#pragma GCC unroll 16
            for (std::size_t j = 0; j < vectors; ++j) {
                const std::size_t column = j * lanes;
                const Float w = hn::Load(d, panel + column / panel_width * panel_stride +
                                                column % panel_width + k * panel_width);
#pragma GCC unroll 16
                for (std::size_t i = 0; i < rows; ++i)
                    sums[i][j] = hn::MulAdd(x[i], w, sums[i][j]);
            }
        } else {
            Float w[vectors];
#pragma GCC unroll 16
            for (std::size_t j = 0; j < vectors; ++j) {
                const std::size_t column = j * lanes;
                w[j] = hn::Load(d, panel + column / panel_width * panel_stride + column % panel_width +
                                       k * panel_width);
            }
#pragma GCC unroll 16
            for (std::size_t i = 0; i < rows; ++i) {
                const Float x = hn::Set(d, from[i * from_stride + k]);
#pragma GCC unroll 16
                for (std::size_t j = 0; j < vectors; ++j)
                    sums[i][j] = hn::MulAdd(x, w[j], sums[i][j]);
            }
        }
    }
#pragma GCC unroll 16
    for (std::size_t i = 0; i < rows; ++i) {
#pragma GCC unroll 16
        for (std::size_t j = 0; j < vectors; ++j)
            hn::StoreU(sums[i][j], d, to + i * to_stride + j * lanes);
    }
}

/// multiply_tile for `count` rows, from 1 to `rows`.
template <std::size_t rows, std::size_t vectors, typename... Arguments>
HWY_INLINE void multiply_tile_of(std::size_t count, Arguments... arguments)
{
    if (count == rows)
        multiply_tile<rows, vectors>(arguments...);
    else if constexpr (rows > 1)
        multiply_tile_of<rows - 1, vectors>(count, arguments...);
}

/// The same columns of all rows, in tiles of nearly the same height.
template <std::size_t most_rows, std::size_t vectors>
HWY_INLINE void multiply_tiles(const ConstRows &from, const float *panel, std::size_t panel_stride,
                               const float *start, std::size_t start_stride, float *to, std::size_t to_stride)
{
    const std::size_t tiles = (from.rows + most_rows - 1) / most_rows;
    std::size_t row = 0;
    for (std::size_t tile = 0; tile < tiles; ++tile) {
        const std::size_t end = from.rows * (tile + 1) / tiles;
        multiply_tile_of<most_rows, vectors>(end - row, from.row(row), from.stride, panel, panel_stride,
                                             from.columns, start + row * start_stride, start_stride,
                                             to + row * to_stride, to_stride);
        row = end;
    }
}

/// multiply_tiles for the last columns, fewer than the tile is wide: nothing past them is read or written.
template <std::size_t most_rows, std::size_t vectors>
void multiply_last_columns(const ConstRows &from, const float *panel, std::size_t panel_stride,
                           const float *start, std::size_t start_stride, const Rows &to)
{
    constexpr std::size_t width = vectors * lanes;
    HWY_ALIGN float sums[most_rows * width] = {};
    std::size_t row = 0;
    while (row < from.rows) {
        const std::size_t rows = HWY_MIN(most_rows, from.rows - row);
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < to.columns; ++j)
                sums[i * width + j] = start[(row + i) * start_stride + j];
        }
        multiply_tile_of<most_rows, vectors>(rows, from.row(row), from.stride, panel, panel_stride,
                                             from.columns, static_cast<const float *>(sums), width, &sums[0],
                                             width);
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::size_t j = 0; j < to.columns; ++j)
                to.row(row + i)[j] = sums[i * width + j];
        }
        row += rows;
    }
}

template <std::size_t most_rows, std::size_t vectors>
HWY_INLINE std::size_t multiply_column_groups(const ConstRows &from, const float *panels,
                                              std::size_t panel_stride, const float *start,
                                              std::size_t start_stride, const Rows &to, std::size_t column,
                                              bool last)
{
    constexpr std::size_t width = vectors * lanes;
    const auto panel_of = [&](std::size_t c)
                              HWY_ATTR { return panels + c / panel_width * panel_stride + c % panel_width; };
    for (; column + width <= to.columns; column += width)
        multiply_tiles<most_rows, vectors>(from, panel_of(column), panel_stride, start + column, start_stride,
                                           to.data + column, to.stride);
    if (last && column < to.columns) {
        multiply_last_columns<most_rows, vectors>(
            from, panel_of(column), panel_stride, start + column, start_stride,
            {to.data + column, to.rows, to.columns - column, to.stride});
        column = to.columns;
    }
    return column;
}

/// to = start + from * panels. The panels begin with the first column of `to`, `panel_stride` floats apart;
/// panel rows are the columns of `from`. `start_stride` 0: the same row for all (a bias); `start` may be
/// `to`.
inline void multiply_block(const ConstRows &from, const float *panels, std::size_t panel_stride,
                           const float *start, std::size_t start_stride, const Rows &to)
{
    // A tile wider than a panel must not read a panel that is not there.
    constexpr std::size_t within_panel = HWY_MIN(tile_vectors, panel_width / lanes);
    std::size_t column = 0;
    if (from.rows <= low_tile_rows)
        column = multiply_column_groups<low_tile_rows, low_tile_vectors>(from, panels, panel_stride, start,
                                                                         start_stride, to, column, false);
    if (within_panel < tile_vectors)
        column = multiply_column_groups<tile_rows, tile_vectors>(from, panels, panel_stride, start,
                                                                 start_stride, to, column, false);
    multiply_column_groups<tile_rows, within_panel>(from, panels, panel_stride, start, start_stride, to,
                                                    column, true);
}

} // namespace HWY_NAMESPACE
} // namespace encoderscope::kernels
HWY_AFTER_NAMESPACE();

#endif
