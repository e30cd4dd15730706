// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/layer.h"

namespace encoderscope
{

/// What is wanted of a layer: without the parts that nothing after them reads, there is less to write.
enum class Kept {
    everything,
    heads_and_neurons, ///< queries, keys, neurons (`activated`) and the output
    output
};

/// run_layer() that may leave out what is not wanted: attention_output, `expanded` and feed_forward_output
/// are empty then, or hold anything.
void run_layer(const Model &model, int layer, const Matrix &x, std::span<const StackedInput> inputs,
               LayerTrace &trace, const std::stop_token &stop, Kept kept);

} // namespace encoderscope
