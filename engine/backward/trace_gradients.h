// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/layer.h"

namespace encoderscope
{

/// The gradient of a number by each matrix of a LayerTrace, under the same names: how fast the number would
/// change if an element did and all that is computed from it followed. Zero where nothing is passed on.
struct LayerGradients {
    Matrix attention_input;                ///< only of pre-norm models [n x d_model]
    Matrix unrotated_query, unrotated_key; ///< only of models with rotary positions [n x heads * d_k]
    Matrix query, key, value;              ///< [n x heads * d_k]
    Matrix concatenation;      ///< by the heads' outputs as W_O reads them; of heads that are off too [n x
                               ///< heads * d_k]
    Matrix attention_sum;      ///< also that by attention_output [n x d_model]
    Matrix attention_result;   ///< [n x d_model]
    Matrix feed_forward_input; ///< only of pre-norm models [n x d_model]
    Matrix expanded;           ///< [n x d_ff]
    Matrix feed_forward_value; ///< only of gated FFNs; that by the gate is not kept [n x d_ff]
    Matrix activated;          ///< [n x d_ff]
    Matrix feed_forward_sum;   ///< also that by feed_forward_output [n x d_model]
};

/// One layer backwards: from the gradient by its output to those by its parts, and the one by its input x
/// [rows x d_model], which is returned. `inputs` agree in their switches. `by_activated` is what reads the
/// neurons beside the layer itself [rows x d_ff]; null: nothing. `read`: the rows of which alone the trace
/// and the gradient by the output have what follows on the heads, in ascending order; empty: all.
Matrix layer_backward(const Model &model, int layer, const Matrix &x, const LayerTrace &trace,
                      std::span<const StackedInput> inputs, const Matrix &by_output,
                      const Matrix *by_activated, LayerGradients &gradients, const std::stop_token &stop = {},
                      std::span<const Index> read = {});

/// The embedding backwards: from the gradient by its output [rows x d_model] to that by the looked-up token
/// rows [rows x embedding_size].
Matrix embedding_backward(const Model &model, const EmbeddingTrace &trace, const Switches &switches,
                          const Matrix &by_output, const std::stop_token &stop = {});

/// The norm after the last layer of pre-norm models backwards.
Matrix final_norm_backward(const Model &model, const Matrix &hidden, const Matrix &by_output,
                           const std::stop_token &stop = {});

/// The matrix of a trace that a number is computed from, and the number's gradient by it.
struct TraceSeed {
    enum class At {
        output,   ///< the encoder's result [n x d_model]
        hidden,   ///< the hidden state after `layer`, -1: the embedding's output [n x d_model]
        activated ///< the neurons of `layer` [n x d_ff]
    };
    At at = At::output;
    int layer = 0; ///< not of `output`
    Matrix gradient = {};
};

/// The gradient of a number by every matrix of a trace: a trace is a tape, read backwards without running
/// the encoder again.
struct TraceGradients {
    Matrix output;              ///< by the encoder's result [n x d_model]; empty when it does not lead there
    std::vector<Matrix> hidden; ///< [0]: by the embedding's output, [1 + k]: by the hidden state after
                                ///< layer k, as far as the number depends on them [n x d_model]
    std::vector<LayerGradients> layers; ///< of the layers that the number depends on
    Matrix token;                       ///< by the looked-up rows of the embedding table [n x embedding_size]
};

/// A stopped computation returns gradients without layers.
TraceGradients trace_gradients(const Trace &trace, const TraceSeed &seed, const std::stop_token &stop = {});

/// The gradient by one head's attention weights, each taken as a number of its own [rows x n].
Matrix attention_weight_gradients(const Trace &trace, const TraceGradients &gradients, int layer, int head,
                                  Trace::Rows rows);

} // namespace encoderscope
