// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/targets.h"

#include "engine/kernels/attention.h"

#include "engine/aligned_floats.h"
#include "engine/kernels/instruction_set.h"
#include "engine/kernels/workers.h"

#include <algorithm>
#include <limits>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/attention.cpp"
#include <hwy/foreach_target.h>

#include "engine/kernels/elementwise-inl.h"
#include "engine/kernels/multiply-inl.h"

#ifndef ENCODERSCOPE_ATTENTION_SCRATCH
#define ENCODERSCOPE_ATTENTION_SCRATCH
namespace encoderscope::kernels
{

/// What one thread needs to work on a head.
struct AttentionScratch {
    static constexpr float no_start[4 * panel_width] = {};
    static constexpr std::size_t most_queries = 60; ///< at a time

    std::size_t query_block;   ///< queries at a time
    std::size_t scores_stride; ///< floats from one query's scores to the next
    std::size_t keys_size, values_size;

    AttentionScratch(std::size_t n, std::size_t d_k)
        // scores stay in the second cache
        : query_block(std::clamp<std::size_t>(32 * 1024 / std::max<std::size_t>(n, 1), 12, most_queries))
        // rows a page apart would share a set of the first cache
        , scores_stride(panels_for(n) * panel_width + panel_width)
        , keys_size(panels_for(n) * panel_width * d_k)
        , values_size(panels_for(d_k) * panel_width * n)
    {
    }
    std::size_t size() const { return keys_size + values_size + query_block * scores_stride; }
};

} // namespace encoderscope::kernels
#endif

HWY_BEFORE_NAMESPACE();
namespace encoderscope::kernels
{
namespace HWY_NAMESPACE
{

/// The keys that a query attends to.
struct Span {
    std::size_t begin, end;
};

/// Softmax of each row over the keys within the window of its query but for the division by the sum, for
/// which `shares` takes the factors; zeros at the other keys of `written` and up to the next whole vector,
/// for which each row has room. The keys of `masked` are in rising order.
inline void exponentials_in_windows(const Rows &scores, float factor, std::span<const std::size_t> masked,
                                    std::size_t window, std::size_t first_query, Span written, float *shares)
{
    for (std::size_t i = 0; i < scores.rows; ++i) {
        const std::size_t query = first_query + i;
        const std::size_t begin = query > window ? query - window : 0;
        const std::size_t end =
            window < scores.columns ? std::min(scores.columns, query + window + 1) : scores.columns;
        const std::size_t whole = begin + (end - begin + lanes - 1) / lanes * lanes;
        float *const row = scores.row(i);
        std::fill(row + written.begin, row + begin, 0.0F);
        std::fill(row + end, row + whole, -std::numeric_limits<float>::infinity());
        std::fill(row + whole, row + std::max(whole, written.end), 0.0F);
        const auto first_masked = std::lower_bound(masked.begin(), masked.end(), begin);
        const auto last_masked = std::lower_bound(first_masked, masked.end(), end);
        for (auto key = first_masked; key != last_masked; ++key)
            row[*key] = -std::numeric_limits<float>::infinity();
        if (static_cast<std::size_t>(last_masked - first_masked) == end - begin) {
            std::fill(row + begin, row + whole, 0.0F);
            shares[i] = 0.0F;
        } else {
            shares[i] = 1.0F / exponentials_of_row(row + begin, whole - begin, factor);
        }
    }
}

inline void add_distance_bias(const Rows &scores, float scale, const float *bias, std::size_t first_query)
{
    for (std::size_t i = 0; i < scores.rows; ++i) {
        float *row = scores.row(i);
        const float *of_distance = bias + scores.columns - 1 + first_query + i;
        for (std::size_t j = 0; j < scores.columns; ++j)
            row[j] = row[j] * scale + *(of_distance - j);
    }
}

/// Queries [first, last) of one head. The head's `bias` and `weights`, which begin with its first query, may
/// be null.
inline void attend_head(const Attention &attention, const AttentionScratch &scratch, std::size_t head,
                        const float *bias, float *weights_output, std::size_t first, std::size_t last,
                        float *memory)
{
    const std::size_t n = attention.key.rows;
    const std::size_t d_k = attention.d_k;
    const std::size_t column = head * d_k;
    const auto slice = [&](const ConstRows &all) {
        return ConstRows{all.data + column, all.rows, d_k, all.stride};
    };
    float *const keys = memory;
    float *const values = keys + scratch.keys_size;
    float *const scores_memory = values + scratch.values_size;
    pack_rows(slice(attention.key), 0, panels_for(n), keys);
    if (attention.value.data)
        pack_columns(slice(attention.value), 0, panels_for(d_k), values);

    const ConstRows queries = slice(attention.query);
    for (std::size_t query = first; query < last; query += scratch.query_block) {
        const std::size_t rows = std::min(scratch.query_block, last - query);
        const Rows padded{scores_memory, rows, panels_for(n) * panel_width, scratch.scores_stride};
        constexpr std::size_t group = panel_width * tile_vectors;
        const bool local = attention.window < n;
        const std::size_t place = attention.first_query + query;
        const std::size_t first_key = local && place > attention.window ? place - attention.window : 0;
        const std::size_t last_key = local ? std::min(n, place + rows + attention.window) : n;
        const std::size_t last_column = local ? last_key : padded.columns;
        for (std::size_t key = first_key / group * group; key < last_column; key += group)
            multiply_block({queries.row(query), rows, d_k, queries.stride}, keys + key * d_k,
                           panel_width * d_k, AttentionScratch::no_start, 0,
                           {padded.data + key, rows, std::min(group, padded.columns - key), padded.stride},
                           keys + (key + group) * d_k);
        const Rows scores{scores_memory, rows, n, scratch.scores_stride};
        if (bias)
            add_distance_bias(scores, attention.scale, bias, place);
        const float factor = (bias ? 1.0F : attention.scale) / attention.temperature;
        float shares[AttentionScratch::most_queries];
        exponentials_in_windows(scores, factor, attention.masked, attention.window, place,
                                {first_key, last_key}, shares);
        for (std::size_t i = 0; weights_output && i < rows; ++i) {
            float *const row = weights_output + (query + i) * n;
            std::fill(row, row + first_key, 0.0F);
            scale_row(scores.row(i) + first_key, shares[i], row + first_key, last_key - first_key);
            std::fill(row + last_key, row + n, 0.0F);
            for (const std::size_t key : attention.masked)
                row[key] = 0.0F; // of NaN as well
        }
        if (!attention.value.data)
            continue;
        const ConstRows exponentials{scores.data + first_key, rows, last_key - first_key, scores.stride};
        const float *const used_values = values + first_key * panel_width;
        const Rows out{attention.heads_output.row(query) + column, rows, d_k, attention.heads_output.stride};
        for (std::size_t k = 0; k < d_k; k += group)
            multiply_block(exponentials, used_values + k * n, panel_width * n, AttentionScratch::no_start, 0,
                           {out.data + k, rows, std::min(group, d_k - k), out.stride},
                           used_values + (k + group) * n);
        for (std::size_t i = 0; i < rows; ++i)
            scale_row(out.row(i), shares[i], out.row(i), d_k);
    }
}

} // namespace HWY_NAMESPACE
} // namespace encoderscope::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace encoderscope::kernels
{

HWY_EXPORT(attend_head);

void attend(const Attention &attention, const std::stop_token &stop)
{
    ensure_instruction_set();
    const auto head_kernel = HWY_DYNAMIC_DISPATCH(attend_head);
    const std::size_t queries = attention.query.rows;
    const std::size_t n = attention.key.rows;
    const std::size_t heads = attention.heads.size();
    const AttentionScratch scratch(n, attention.d_k);

    // Pieces of a head's queries pack its keys and values again each, so they are made large; so that short
    // inputs are worth a claim, a piece may also be several heads.
    constexpr std::size_t least = 1U << 14U; // multiplications
    const bool many_heads = heads >= 2 * worker_threads();
    const std::size_t cuts = std::max<std::size_t>(queries / (many_heads ? 512 : 256), 1);
    const std::size_t per_head = std::max<std::size_t>(2 * queries * n * attention.d_k, 1);
    const std::size_t heads_per_piece = std::max<std::size_t>(least / per_head, 1);
    const std::size_t pieces_of_heads = (heads + heads_per_piece - 1) / heads_per_piece;

    const std::size_t memory_per_thread = panels_for(scratch.size()) * panel_width;
    const AlignedFloats memory = aligned_floats(memory_per_thread * worker_threads());
    const auto run_piece = [&](std::size_t chunk, std::size_t thread) {
        const std::size_t cut = chunk % cuts;
        const std::size_t first_head = chunk / cuts * heads_per_piece;
        for (std::size_t h = first_head; h < std::min(first_head + heads_per_piece, heads); ++h)
            head_kernel(attention, scratch, attention.heads[h],
                        attention.distance_bias ? attention.distance_bias + h * (2 * n - 1) : nullptr,
                        attention.weights ? attention.weights + h * queries * n : nullptr,
                        queries * cut / cuts, queries * (cut + 1) / cuts,
                        memory.get() + thread * memory_per_thread);
    };
    run_chunks(pieces_of_heads * cuts, run_piece, stop);
}

} // namespace encoderscope::kernels
#endif
