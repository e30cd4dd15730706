// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/strided.h"

#include <span>
#include <stop_token>
#include <vector>

namespace encoderscope::kernels
{

/// Multi-head attention: heads lie side by side, head h owns columns [h * d_k, (h + 1) * d_k).
struct Attention {
    ConstRows query;      ///< [queries x d_model]
    ConstRows key, value; ///< [n x d_model]
    std::size_t d_k = 0;
    std::span<const std::size_t> heads;  ///< the heads to compute
    float scale = 1.0F;                  ///< what q·k is multiplied by
    float temperature = 1.0F;            ///< what the scaled scores are divided by; above 0
    std::span<const std::size_t> masked; ///< keys that get weight 0: each below n, each once, rising
    /// What is added to the scaled score of a query and a key: [query - key + n - 1] of each of `heads`
    /// [heads x (2 n - 1)]; null: nothing.
    const float *distance_bias = nullptr;
    /// Keys farther from a query than this get weight 0 and are left out of its softmax.
    std::size_t window = everything;
    static constexpr std::size_t everything = ~std::size_t{0};
    std::size_t first_query = 0; ///< where the first query is among the keys: windows and biases ask
    Rows heads_output;           ///< columns of other heads stay as they are [queries x d_model]
    /// Where the weights go, head below head [heads x queries x n]; null: nowhere.
    float *weights = nullptr;
};

/// softmax(scores) values of each head; without `value` only the weights. Takes memory in proportion to n:
/// blocks of queries, never a whole [n x n]. Pieces not begun when `stop` is requested are left out. Throws
/// std::bad_alloc.
void attend(const Attention &attention, const std::stop_token &stop = {});

} // namespace encoderscope::kernels
