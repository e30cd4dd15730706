// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/progress.h"
#include "engine/attribution/target.h"

#include <functional>
#include <vector>

namespace encoderscope
{

/// How many of `wanted` inputs of `tokens` tokens are run at once: enough rows to keep every multiplier busy,
/// few enough that their matrices stay within some hundred megabytes. `kept_layers`: how many layers' traces
/// are kept meanwhile. At least 1.
int stacked_at_once(const EncoderConfig &config, int tokens, int wanted, int kept_layers);

/// Runs layers [first, last) over stacked rows [rows x d_model] and returns the hidden states after them.
/// `inputs` agree in their activation. May be left unfinished when `stop` is requested.
Matrix run_layers(const Model &model, int first, int last, Matrix x, std::span<const StackedInput> inputs,
                  const std::stop_token &stop = {});

/// The target of each of `inputs` from their stacked hidden states before layer `first`
/// (`target_depth` at most). Only the rows that it reads (ReadRows) are computed of the last layer.
std::vector<double> target_after(const Target &target, const Model &model, int first, Matrix x,
                                 std::span<const StackedInput> inputs, const std::stop_token &stop = {});

/// What a target reads of stacked inputs once the heads of the last layer that it needs are known: every row,
/// or one of each input.
struct ReadRows {
    std::vector<Index> rows;          ///< of the stack; empty: all
    std::vector<StackedInput> inputs; ///< the stack of these rows
    Target target;                    ///< in it

    /// These rows of a matrix of the stack.
    Matrix of(const Matrix &stacked) const;
};
ReadRows read_rows(const Target &target, const Model &model, std::span<const StackedInput> inputs);

/// Where a layer of a trace is left to be run on differently.
enum class Branch {
    heads,   ///< at the concatenated heads [n x d_model]
    neurons, ///< at the neurons [n x d_ff]
    output,  ///< at the hidden state after the layer (-1: the embedding's output) [n x d_model]
};

/// The target of each of `variants` of a trace that leave it at `layer`: change(variant, rows) changes a copy
/// of what the trace has there, and what follows is run under the variant's switches. What comes before is
/// not run again. Empty when stopped.
std::vector<double> target_of_variants(const Target &target, const Trace &trace, int layer, Branch branch,
                                       const std::vector<const Switches *> &variants,
                                       const std::function<void(std::size_t, Eigen::Ref<Matrix>)> &change,
                                       const std::stop_token &stop = {});

/// The target of `count` inputs that differ from the trace's in their rows of the embedding table:
/// change(input, rows) changes a copy of them [n x embedding_size]. Empty when stopped.
std::vector<double> target_of_rows(const Target &target, const Trace &trace, int count,
                                   const std::function<void(int, Eigen::Ref<Matrix>)> &change,
                                   const std::stop_token &stop = {}, const OnProgress &progress = {});

/// What the target reads, from the last hidden state that it needs: the final norm of pre-norm models, or the
/// state itself.
Matrix target_state_of(const Target &target, const Model &model, Matrix hidden,
                       const std::stop_token &stop = {});

} // namespace encoderscope
