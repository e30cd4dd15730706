// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/target.h"
#include "ui/state/frame.h"
#include "ui/state/target_choice.h"

#include <stop_token>

namespace encoderscope
{

/// A target that was found in a run.
struct ChosenTarget {
    TargetChoice choice = {}; ///< with the piece or class named, also where the likeliest was asked for
    Target target = {};
    TracePtr trace = {}; ///< the run that it is a number of: the frame's, or of a similarity A's alone
    TracePtr other = {}; ///< of a similarity: the run of B alone; else null
};

/// The first mask token; -1 when there is none.
int firstMask(const Trace &trace);

/// What is explained when nothing was chosen: the likeliest word at the first mask token; the similarity of
/// two sentences; the likeliest class; the likeliest word at the pinned token; of the run itself. Throws
/// Error for a model that has none of these.
TargetChoice usualTarget(const Frame &frame);

/// The frame's target, or the usual one, in the run that the frame shows: in the reference it stands at the
/// partner of its token, and the likeliest word or class is that of the run itself. Runs the encoder on each
/// sentence alone for a similarity. Throws Error for the user: what is gone or what the model does not have;
/// Stopped.
ChosenTarget chosenTarget(const Frame &frame, const std::stop_token &stop = {});

/// Why the frame has no target of that kind, for the user; empty when it has.
QString whyNoTarget(TargetChoice::Kind kind, const Frame &frame);

/// The token of the run that the frame shows at which the choice stands. Throws Error when it is gone, or has
/// no partner in the reference.
int targetToken(const TargetChoice &choice, const Frame &frame);

/// A token of the run that the frame shows, as a choice says it: by its characters in the run itself. Nothing
/// for one that only the reference has.
std::optional<TokenAnchor> anchorInRun(const Frame &frame, int token);

/// "logit of “mat” at token 6, “[MASK]”", for titles and captions, in the language chosen.
QString targetTitle(const ChosenTarget &chosen);
/// "word:6:mat", as `--target` has it. Layers count from 1, tokens, neurons and dimensions from 0.
QString targetText(const ChosenTarget &chosen);

} // namespace encoderscope
