// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/progress.h"
#include "engine/attribution/target.h"

namespace encoderscope
{

/// What to switch off in turn.
struct SweepParts {
    bool heads = true;
    bool sublayers = true; ///< each attention and FFN sublayer, and each layer
    bool tokens = true;    ///< each token as a key
    bool positions = true;
};

/// How a target changes when one part is switched off: the target without the part, minus the target. 0 for
/// what is off already or comes after what the target is computed from. What was not asked for is empty.
struct Sweep {
    double value = 0.0;              ///< of the target as the trace has it
    Eigen::MatrixXd heads;           ///< [layers x heads]
    Eigen::VectorXd attention;       ///< [layers]
    Eigen::VectorXd feed_forward;    ///< [layers]
    Eigen::VectorXd layers;          ///< [layers]
    Eigen::VectorXd tokens;          ///< [n]
    std::optional<double> positions; ///< not of models without them
    bool stopped = false;
};

/// Runs only what comes after the switch again, all switches of one layer at once.
Sweep sweep(const Target &target, const Trace &trace, const SweepParts &parts = {},
            const std::stop_token &stop = {}, const OnProgress &progress = {});

/// What the gradient says that switching each head off would change, to first order: minus the sum of its
/// output times the target's gradient by it [layers x heads]. Its size is the head importance of "Are Sixteen
/// Heads Really Better than One?" (Michel et al. 2019), equation 2, for one input.
Eigen::MatrixXd head_importance(const Trace &trace, const TraceGradients &gradients);

} // namespace encoderscope
