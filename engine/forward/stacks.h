// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/layer.h"
#include "engine/forward/trace.h"

#include <cstddef>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace encoderscope
{

// Several inputs run at once, their rows stacked without padding: of short ones faster than one after the
// other, because each weight is read once for all. What they attend to and every number is as if each was
// run alone.

/// Which inputs are best run at once on one core, given how many tokens each has: lists of indices, the
/// longest inputs first, in stacks of some hundred tokens or one longer input. There are so many that all
/// worker threads have about the same to do.
std::vector<std::vector<std::size_t>> stacks_by_length(std::span<const std::size_t> tokens);

/// What one of the inputs has of a layer while the layer's parts are there: their rows [first, first +
/// count).
struct StackedRows {
    std::size_t input = 0;
    int layer = 0;
    const LayerTrace &parts; ///< of all inputs: queries, keys, neurons (`activated`) and the output at least
    Index first = 0;
    Index count = 0;
    /// The attention weights, head below head [heads * count x count]; null: not kept, to be rebuilt.
    const Matrix *weights = nullptr;
};

/// Their traces, which lack what is not to be kept of the layers: Trace::has(). Empty when `stop` was
/// requested. `look` is called for every layer and input in turn; to look costs less than to keep. It is
/// shown the attention weights of inputs of up to 512 tokens. Throws as run_encoder() does.
std::vector<TracePtr> run_stack(const ModelPtr &model, std::span<const Encoding> encodings, Kept kept,
                                const std::stop_token &stop = {},
                                const std::function<void(const StackedRows &)> &look = {});

/// Trace::output() of each, one below the other [all tokens x d_model]; nothing else is kept. Empty when
/// `stop` was requested. Throws as run_encoder() does.
Matrix stack_outputs(const ModelPtr &model, std::span<const Encoding> encodings,
                     const std::stop_token &stop = {});

} // namespace encoderscope
