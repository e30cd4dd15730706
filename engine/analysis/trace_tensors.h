// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <array>

namespace encoderscope
{

// The tensors of a trace's file by name, for writing and reading alike; trace-format.md describes them.

/// How many columns a tensor of n rows has.
enum class TensorWidth {
    d_model,
    embedding_size,
    heads, ///< a multiple of the number of heads
    d_ff,
};

template <typename Stages>
struct TraceTensor {
    const char *name; ///< after "layer.<i>." or "embedding."
    Matrix Stages::*values;
    TensorWidth width;
};

inline constexpr std::array<TraceTensor<EmbeddingTrace>, 8> embedding_tensors{{
    {"token", &EmbeddingTrace::token, TensorWidth::embedding_size},
    {"scaled", &EmbeddingTrace::scaled, TensorWidth::embedding_size},
    {"position", &EmbeddingTrace::position, TensorWidth::embedding_size},
    {"token_type", &EmbeddingTrace::token_type, TensorWidth::embedding_size},
    {"task_type", &EmbeddingTrace::task_type, TensorWidth::embedding_size},
    {"sum", &EmbeddingTrace::sum, TensorWidth::embedding_size},
    {"normalized", &EmbeddingTrace::normalized, TensorWidth::embedding_size},
    {"output", &EmbeddingTrace::output, TensorWidth::d_model},
}};

inline constexpr std::array<TraceTensor<LayerTrace>, 18> layer_tensors{{
    {"attention.input", &LayerTrace::attention_input, TensorWidth::d_model},
    {"attention.unrotated_query", &LayerTrace::unrotated_query, TensorWidth::heads},
    {"attention.unrotated_key", &LayerTrace::unrotated_key, TensorWidth::heads},
    {"attention.query", &LayerTrace::query, TensorWidth::heads},
    {"attention.key", &LayerTrace::key, TensorWidth::heads},
    {"attention.value", &LayerTrace::value, TensorWidth::heads},
    {"attention.concatenation", &LayerTrace::concatenation, TensorWidth::heads},
    {"attention.output", &LayerTrace::attention_output, TensorWidth::d_model},
    {"attention.sum", &LayerTrace::attention_sum, TensorWidth::d_model},
    {"attention.result", &LayerTrace::attention_result, TensorWidth::d_model},
    {"feed_forward.input", &LayerTrace::feed_forward_input, TensorWidth::d_model},
    {"feed_forward.expanded", &LayerTrace::expanded, TensorWidth::d_ff},
    {"feed_forward.gate", &LayerTrace::gate, TensorWidth::d_ff},
    {"feed_forward.value", &LayerTrace::feed_forward_value, TensorWidth::d_ff},
    {"feed_forward.activation", &LayerTrace::activated, TensorWidth::d_ff},
    {"feed_forward.output", &LayerTrace::feed_forward_output, TensorWidth::d_model},
    {"feed_forward.sum", &LayerTrace::feed_forward_sum, TensorWidth::d_model},
    {"output", &LayerTrace::output, TensorWidth::d_model},
}};

/// What output heads made of the run, and how many dimensions each has.
struct ResultTensor {
    const char *name;
    int dimensions;
};
inline constexpr std::array<ResultTensor, 6> result_tensors{{{"pooled", 1},
                                                             {"sentence", 1},
                                                             {"classes.logits", 1},
                                                             {"tokens.logits", 2},
                                                             {"answer.logits", 2},
                                                             {"replaced.logits", 1}}};

/// "layer.1.attention.weights" of layer 0.
inline QString layer_tensor_name(int layer, const char *name)
{
    return QStringLiteral("layer.%1.%2").arg(layer + 1).arg(QLatin1String(name));
}

inline constexpr const char *weights_tensor = "attention.weights"; ///< [heads x n x n], of a layer
inline constexpr const char *relative_bias_tensor = "attention.relative_bias";

} // namespace encoderscope
