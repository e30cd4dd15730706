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

#include <type_traits>

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

/// How many panels a tile of so many vectors reads at a time.
template <std::size_t vectors>
inline constexpr std::size_t tile_panels = (vectors * lanes + panel_width - 1) / panel_width;

/// What a tile fetches from memory while it computes, because it is read next: `bytes` of each panel for
/// every step. One of many tiles fetches a small share into the first cache; one of a few would push out what
/// it still reads, and fetches into the second.
struct Ahead {
    const char *from;
    std::size_t bytes;
};

/// One in so many rows of a tile has a pointer: one and two rows on are as many strides away, which costs an
/// address nothing. Pointers to all rows would not stay in registers, and loading them took a fifth of the
/// time.
inline constexpr std::size_t rows_of_pointer = 3;
template <std::size_t rows>
inline constexpr std::size_t row_pointers = (rows + rows_of_pointer - 1) / rows_of_pointer;

/// Adds the products of number `k` of each row and of row `k` of the panel to a tile's sums.
template <std::size_t rows, std::size_t vectors>
HWY_INLINE void add_products(const float *const (&row)[row_pointers<rows>], std::size_t from_stride,
                             const float *panel, std::size_t panel_stride, std::size_t k,
                             Float (&sums)[rows][vectors])
{
    const FloatTag d;
    if constexpr (vectors > rows) {
        Float x[rows];
#pragma GCC unroll 16
        for (std::size_t i = 0; i < rows; ++i)
            x[i] = hn::Set(d, row[i / rows_of_pointer][i % rows_of_pointer * from_stride + k]);
#pragma GCC unroll 16
        for (std::size_t j = 0; j < vectors; ++j) {
            const std::size_t column = j * lanes;
            const Float w = hn::Load(d, panel + column / panel_width * panel_stride + column % panel_width +
                                            k * panel_width);
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
            const Float x = hn::Set(d, row[i / rows_of_pointer][i % rows_of_pointer * from_stride + k]);
#pragma GCC unroll 16
            for (std::size_t j = 0; j < vectors; ++j)
                sums[i][j] = hn::MulAdd(x, w[j], sums[i][j]);
        }
    }
}

/// The sums of one tile begin with `start` (rows `start_stride` apart; 0: the same for every row) and end in
/// `to`. `panel` is where the first column is in the first row of its panel.
template <std::size_t rows, std::size_t vectors, bool few>
HWY_NOINLINE void multiply_tile(const float *HWY_RESTRICT from, std::size_t from_stride,
                                const float *HWY_RESTRICT panel, std::size_t panel_stride, std::size_t depth,
                                const float *start, std::size_t start_stride, float *to,
                                std::size_t to_stride, Ahead ahead)
{
    constexpr int cache = few ? 2 : 3; // as __builtin_prefetch counts them
    constexpr std::size_t steps = 4;   // between two changes of the pointers
    constexpr std::size_t steps_of_fetch = few ? 1 : 2;
    const FloatTag d;
    Float sums[rows][vectors];
#pragma GCC unroll 16
    for (std::size_t i = 0; i < rows; ++i) {
#pragma GCC unroll 16
        for (std::size_t j = 0; j < vectors; ++j)
            sums[i][j] = hn::LoadU(d, start + i * start_stride + j * lanes);
    }
    const float *row[row_pointers<rows>];
#pragma GCC unroll 16
    for (std::size_t i = 0; i < row_pointers<rows>; ++i)
        row[i] = from + i * rows_of_pointer * from_stride;
    std::size_t k = 0;
    for (; k + steps <= depth; k += steps) {
#pragma GCC unroll 16
        for (std::size_t step = 0; step < steps; ++step) {
            if (step % steps_of_fetch == 0) {
#pragma GCC unroll 16
                for (std::size_t j = 0; j < tile_panels<vectors>; ++j)
                    __builtin_prefetch(ahead.from + j * panel_stride * sizeof(float), 0, cache);
                ahead.from += steps_of_fetch * ahead.bytes;
            }
            add_products<rows, vectors>(row, from_stride, panel, panel_stride, step, sums);
        }
        panel += steps * panel_width;
#pragma GCC unroll 16
        for (std::size_t i = 0; i < row_pointers<rows>; ++i) {
            row[i] += steps;
            asm("" : "+r"(row[i])); // else the compiler makes a pointer to every row
        }
        asm("" : "+r"(from_stride));
    }
    for (; k < depth; ++k) {
        add_products<rows, vectors>(row, from_stride, panel, panel_stride, 0, sums);
        panel += panel_width;
#pragma GCC unroll 16
        for (std::size_t i = 0; i < row_pointers<rows>; ++i)
            ++row[i];
    }
#pragma GCC unroll 16
    for (std::size_t i = 0; i < rows; ++i) {
#pragma GCC unroll 16
        for (std::size_t j = 0; j < vectors; ++j)
            hn::StoreU(sums[i][j], d, to + i * to_stride + j * lanes);
    }
}

/// multiply_tile for `count` rows, from 1 to `rows`.
template <std::size_t rows, std::size_t vectors, bool few, typename... Arguments>
HWY_INLINE void multiply_tile_of(std::size_t count, Arguments... arguments)
{
    if (count == rows)
        multiply_tile<rows, vectors, few>(arguments...);
    else if constexpr (rows > 1)
        multiply_tile_of<rows - 1, vectors, few>(count, arguments...);
}

/// The same columns of all rows, in tiles of nearly the same height. `next` is the panel that is read after
/// these.
template <std::size_t most_rows, std::size_t vectors>
HWY_INLINE void multiply_tiles(const ConstRows &from, const float *panel, std::size_t panel_stride,
                               const float *start, std::size_t start_stride, float *to, std::size_t to_stride,
                               const float *next)
{
    constexpr std::size_t line = panel_width * sizeof(float);
    const std::size_t tiles = (from.rows + most_rows - 1) / most_rows;
    std::size_t row = 0;
    for (std::size_t tile = 0; tile < tiles; ++tile) {
        const std::size_t end = from.rows * (tile + 1) / tiles;
        const float *const share = next + from.columns * tile / tiles * panel_width;
        const Ahead ahead{reinterpret_cast<const char *>(share), (line + tiles - 1) / tiles};
        const auto multiply = [&](auto few) HWY_ATTR {
            multiply_tile_of<most_rows, vectors, few()>(
                end - row, from.row(row), from.stride, panel, panel_stride, from.columns,
                start + row * start_stride, start_stride, to + row * to_stride, to_stride, ahead);
        };
        if (tiles <= 2)
            multiply(std::true_type());
        else
            multiply(std::false_type());
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
        multiply_tile_of<most_rows, vectors, true>(rows, from.row(row), from.stride, panel, panel_stride,
                                                   from.columns, static_cast<const float *>(sums), width,
                                                   &sums[0], width,
                                                   Ahead{reinterpret_cast<const char *>(panel), 0});
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
                                              std::size_t start_stride, const Rows &to, const float *next,
                                              std::size_t column, bool last)
{
    constexpr std::size_t width = vectors * lanes;
    const auto panel_of = [&](std::size_t c)
                              HWY_ATTR { return panels + c / panel_width * panel_stride + c % panel_width; };
    for (; column + width <= to.columns; column += width)
        multiply_tiles<most_rows, vectors>(from, panel_of(column), panel_stride, start + column, start_stride,
                                           to.data + column, to.stride,
                                           column + width < to.columns ? panel_of(column + width) : next);
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
/// `to`. `next` is the panel that is read after these, if only for speed.
inline void multiply_block(const ConstRows &from, const float *panels, std::size_t panel_stride,
                           const float *start, std::size_t start_stride, const Rows &to, const float *next)
{
    // A tile wider than a panel must not read a panel that is not there.
    constexpr std::size_t within_panel = HWY_MIN(tile_vectors, panel_width / lanes);
    std::size_t column = 0;
    if (from.rows <= low_tile_rows)
        column = multiply_column_groups<low_tile_rows, low_tile_vectors>(
            from, panels, panel_stride, start, start_stride, to, next, column, false);
    if (within_panel < tile_vectors)
        column = multiply_column_groups<tile_rows, tile_vectors>(from, panels, panel_stride, start,
                                                                 start_stride, to, next, column, false);
    multiply_column_groups<tile_rows, within_panel>(from, panels, panel_stride, start, start_stride, to, next,
                                                    column, true);
}

} // namespace HWY_NAMESPACE
} // namespace encoderscope::kernels
HWY_AFTER_NAMESPACE();

#endif
