// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/integrated_gradients.h"

namespace encoderscope
{

/// How a token is taken away.
enum class Occlusion {
    baseline, ///< its row of the embedding table becomes the baseline's
    key,      ///< no token attends to it any more
    deletion, ///< the input is run without it; special tokens and the target's own token stay
};

/// The target minus the target with each token taken away in turn. Scores of tokens that stay are 0.
TokenScores occlusion(const Target &target, const Trace &trace, Occlusion how, Baseline baseline,
                      const std::stop_token &stop = {});

/// The tokens that may be taken away: all but special ones and the target's own.
std::vector<int> removable_tokens(const Target &target, const Trace &trace);

} // namespace encoderscope
