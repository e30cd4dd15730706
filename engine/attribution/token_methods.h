// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/occlusion.h"

#include <span>

namespace encoderscope
{

/// The ways to say what each token did for a target.
enum class TokenMethod {
    gradient,             ///< gradient_norm()
    gradient_times_input, ///< gradient_times_input()
    integrated_gradients, ///< integrated_gradients()
    occlusion,            ///< Occlusion::baseline
    key_mask,             ///< Occlusion::key
    deletion,             ///< Occlusion::deletion
    rollout,              ///< attention_rollout() to the target's token
    norm,                 ///< flow_rollout() of Flow::norm
    residual,             ///< ... Flow::residual
    globenc,              ///< ... Flow::globenc
    alti,                 ///< ... Flow::alti
};

/// All of them with their names in files and on the command line, in the order in which they are declared.
struct NamedMethod {
    const char *name;
    TokenMethod method;
};
std::span<const NamedMethod> token_methods();

/// Whether a method compares with a baseline.
bool has_baseline(TokenMethod method);

/// A method's scores. Only integrated gradients have a gap and the target of a baseline.
struct MethodScores : TokenScores {
    std::optional<double> gap, baseline_value;
};

/// `baseline` and `steps` are of the methods that have them. Flows are those to the target's own token, to
/// the first one for a class, and for a similarity those to all tokens by their share in the sentence's
/// vector. Throws Error for a target or baseline that the model does not have; empty when stopped.
MethodScores token_scores(TokenMethod method, const Target &target, const Trace &trace, Baseline baseline,
                          int steps, const std::stop_token &stop = {}, const OnProgress &progress = {});

} // namespace encoderscope
