// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/measure.h"
#include "engine/backward/trace_gradients.h"

#include <optional>
#include <vector>

namespace encoderscope
{

/// A number of a run that is to be explained.
struct Target {
    enum class Kind {
        piece,          ///< what the masked-word head gives to piece `index` at position `token`
        label,          ///< what the classification head gives to label `index`
        similarity,     ///< the cosine of the sentence's vector and `other`
        neuron,         ///< neuron `index` of `layer` at position `token`, after the activation
        hidden_element, ///< element `index` of the hidden state after `layer` (-1: the embedding's output)
        hidden_norm,    ///< the Euclidean length of that hidden state
    };
    using Measure = encoderscope::Measure;

    Kind kind = Kind::piece;
    Measure measure = Measure::logit; ///< of pieces and labels
    int token = 0;
    int index = 0;
    int layer = 0;
    std::optional<int> contrast = {}; ///< another piece or label, whose measure is subtracted
    RowVector other = {};             ///< of a similarity [1 x d_model]

    bool operator==(const Target &) const = default;
};

/// Throws Error when the model has no such number, or the input no such token.
void check_target(const Target &target, const Model &model, int tokens);

/// What a target is computed from: a matrix of the trace, and for `hidden` and `activated` its layer.
TraceSeed::At target_place(const Target &target);
/// How many layers must be run for it.
int target_depth(const Target &target, const Model &model);
/// The one row of an input that the target reads; nothing when it reads several.
std::optional<Index> target_row(const Target &target, const Model &model);
const Matrix &target_state(const Target &target, const Trace &trace);

/// The target of each of `inputs`, whose rows are stacked in `state`. Its gradient by `state`, where it is
/// asked for, is that of all values' sum [rows x d].
std::vector<double> target_values(const Target &target, const Model &model, const MatrixRef &state,
                                  std::span<const StackedInput> inputs, Matrix *gradient = nullptr);

double target_value(const Target &target, const Trace &trace);

/// The target's gradient by every matrix of the trace.
TraceGradients target_gradients(const Target &target, const Trace &trace, const std::stop_token &stop = {});

} // namespace encoderscope
