// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/progress.h"
#include "engine/attribution/target.h"
#include "engine/text/token_alignment.h"

namespace encoderscope
{

/// Which block's output is taken from the reference run.
enum class Patch {
    hidden,       ///< the hidden state after a layer
    attention,    ///< the attention sublayer's output, before the residual is added
    feed_forward, ///< the FFN's output, before the residual is added
};

/// Which token of the reference stands for each token, as partners() of an alignment says; -1: none, it is
/// not patched.
using Alignment = std::vector<int>;

/// Throws Error that names the first token whose partner is not there.
void check_alignment(const Alignment &alignment, const Trace &now, const Trace &reference);

/// How much of the target's difference between two runs comes back when parts of the reference are put into
/// this one: (patched - now) / (reference - now): 0 nothing, 1 all of it.
struct PatchMap {
    Eigen::MatrixXd recovered; ///< NaN where the tokens are not aligned
    double now = 0.0;          ///< the target in this run
    double reference = 0.0;    ///< and in the reference
    bool stopped = false;
};

/// One token at a time: [layers x n]. `reference_target`: the same number in the reference, which may stand
/// at another token.
PatchMap patch_tokens(const Target &target, const Trace &now, const Target &reference_target,
                      const Trace &reference, Patch patch, const Alignment &alignment,
                      const std::stop_token &stop = {}, const OnProgress &progress = {});

/// One head at a time, at all aligned tokens: [layers x heads].
PatchMap patch_heads(const Target &target, const Trace &now, const Target &reference_target,
                     const Trace &reference, const Alignment &alignment, const std::stop_token &stop = {},
                     const OnProgress &progress = {});

} // namespace encoderscope
