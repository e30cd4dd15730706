// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/frame.h"

namespace encoderscope
{

// What tokens of a frame are in the session's state, whose text may be newer than the frame's, and the other
// way round. Tokens of views are those of the trace that the frame shows, which may be the reference.

/// The token of the run itself that a token of the views stands for; -1 when there is none.
int ownToken(const ComparedTrace &shown, int shownToken);

/// The tokens of the views that the anchors stand for, which count the characters of `text`.
std::set<int> tokensInViews(const Frame &frame, const TokenAnchors &anchors, const TextPair &text);

/// `anchors`, of `text`, with a token of the frame's run taken in or out. Those that stand for no token stay.
TokenAnchors withTokenToggled(const Frame &frame, const TokenAnchors &anchors, int token,
                              const TextPair &text);

/// `pinned`, of `text`, with what was changed in `selected` against the frame's selection.
Pinned withSelected(const Frame &frame, Pinned pinned, const Selected &selected, const TextPair &text);

/// A token of the frame's run and one of its reference, -1 for one of them, as the state has them put
/// together. Nothing where they are so already, are not there, or their characters are being edited.
std::optional<TokenMatch> matchOf(const Frame &frame, const TokenPair &tokens, const SessionState &state);

/// The first mask token of `now`, a run of `text`, that the frame's run does not have: one that was typed, or
/// that a token was replaced by. -1 when there is none.
int newMaskToken(const Frame &frame, const Trace &now, const TextPair &text);

} // namespace encoderscope
