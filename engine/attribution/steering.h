// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

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

} // namespace encoderscope
