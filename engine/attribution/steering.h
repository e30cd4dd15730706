// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/target.h"

#include <optional>

namespace encoderscope
{

/// A token of a run and the one of the reference that stands for it.
struct SteeringTokens {
    int now = 0;
    int reference = 0;
};

/// The way from the reference to a run, to be added to the hidden states of any run
/// (LayerSwitches::steering): the mean over all tokens of the hidden state after `layer`, minus the
/// reference's mean; with `tokens`, of those two alone [1 x d_model]. What steers the runs already is part of
/// their hidden states. Throws Error when the runs' hidden states have different widths, or one of them has
/// no such layer or token.
RowVector steering_direction(const Trace &now, const Trace &reference, int layer,
                             const std::optional<SteeringTokens> &tokens = {});

/// What is multiplied by a factor, in all tokens: a head's output before W_O, or a neuron after the
/// activation.
struct ScaledOutput {
    enum class Kind { head, neuron } kind = Kind::head;
    int layer = 0;
    int index = 0;
};

/// A target while one output is multiplied by each of several factors.
struct FactorCurve {
    std::vector<float> factors; ///< ascending
    std::vector<double> values; ///< of the target
    float factor_now = 1.0F;    ///< of the trace: 0 for what is off, 1 where nothing was said
    double value_now = 0.0;
};

/// For factors from -2 to 2 in steps of 0.25, all of them run at once; what comes before the layer is not run
/// again. Throws Error for a layer, head or neuron that the model does not have. Without values when stopped.
FactorCurve factor_curve(const Target &target, const Trace &trace, const ScaledOutput &output,
                         const std::stop_token &stop = {});

} // namespace encoderscope
