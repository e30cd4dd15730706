// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/lessons/live_source.h"

namespace encoderscope
{

// What live numbers say of the frame's target (`SessionState::target`), in the run that `source` looks at.
// All throw Error where there is no target.

/// "logit “mat” at token 6, “[MASK]”".
QString whyTarget(const LiveSource &source);
double whyValue(const LiveSource &source);

/// What each token did, by the argument `method`; without it, occlusion [tokens of the target's run].
std::vector<double> whyScores(const LiveSource &source);
/// The token with the greatest of them.
QString whyMost(const LiveSource &source);

/// The change of the target when the head is switched off that the arguments `layer` and `head` name.
double sweepChange(const LiveSource &source);
/// The head whose loss lowers the target most, and the change.
LiveSource::BestHead sweepWorst(const LiveSource &source);

} // namespace encoderscope
