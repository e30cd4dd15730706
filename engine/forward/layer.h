// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/operations.h"
#include "engine/forward/rotation.h"
#include "engine/forward/trace.h"

#include <span>
#include <stop_token>

namespace encoderscope
{

/// One of the inputs whose rows are stacked in one matrix to be run at once: it attends to its own rows only.
/// A run of one input is a stack of one. All of a stack agree in their activation.
struct StackedInput {
    Index rows = 0;
    const Switches *switches = nullptr;
};

/// What is wanted of a layer: without the parts that nothing after them reads, there is less to write.
/// attention_output, `expanded` and feed_forward_output are empty then, or hold anything.
enum class Kept {
    everything,
    heads_and_neurons, ///< queries, keys, neurons (`activated`) and the output
    output
};

// The parts of one layer ("Attention Is All You Need", section 3), each from the parts of `trace` before it
// and the layer's input x [rows x d_model]. Matrices of `trace` keep their memory when they have the size
// already. When `stop` is requested, what they hold may be unfinished.

/// Queries, keys, values and the concatenated heads. Of each input for which `weights` has a matrix, that
/// takes the attention weights, head below head [heads * rows x rows].
void run_heads(const Model &model, int layer, const Matrix &x, std::span<const StackedInput> inputs,
               LayerTrace &trace, const std::stop_token &stop = {}, std::span<Matrix *const> weights = {});

/// From the concatenated heads to attention_result.
void finish_attention(const Model &model, int layer, const Matrix &x, std::span<const StackedInput> inputs,
                      LayerTrace &trace, const std::stop_token &stop = {}, Kept kept = Kept::everything);

/// The neurons: from attention_result to `activated`.
void run_neurons(const Model &model, int layer, std::span<const StackedInput> inputs, LayerTrace &trace,
                 const std::stop_token &stop = {}, Kept kept = Kept::everything);

/// From the neurons to the layer's output.
void finish_layer(const Model &model, int layer, const Matrix &x, std::span<const StackedInput> inputs,
                  LayerTrace &trace, const std::stop_token &stop = {}, Kept kept = Kept::everything);

/// All of them.
void run_layer(const Model &model, int layer, const Matrix &x, std::span<const StackedInput> inputs,
               LayerTrace &trace, const std::stop_token &stop = {}, Kept kept = Kept::everything,
               std::span<Matrix *const> weights = {});

/// Queries or keys turned by the rotary positions of a model that has them, each input's from position 0 on;
/// as they are where positions are off [rows x d_model].
void turn(const EncoderConfig &config, int layer, std::span<const StackedInput> inputs, Turning turning,
          const Matrix &from, Matrix &to, const std::stop_token &stop = {});

/// What a head attends with under `switches`.
AttentionOptions attention_options(const Model &model, int layer, const Switches &switches);

} // namespace encoderscope
