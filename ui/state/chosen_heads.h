// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/session_state.h"

#include <QString>

#include <vector>

namespace encoderscope
{

/// A head of a layer, both from 0.
struct HeadPlace {
    int layer = 0;
    int head = 0;

    bool operator==(const HeadPlace &) const = default;
};

/// The most heads that are shown side by side.
constexpr std::size_t most_chosen_heads = 16;

/// "1.2 3.4": layer and head from 1, with spaces or commas between them. Throws Error that says which word is
/// not understood, or that there are too many.
std::vector<HeadPlace> chosenHeads(const QString &text);
QString chosenHeadsText(const std::vector<HeadPlace> &heads);
/// `text` with that head, or without it when it has it; the first gives way when there are too many.
QString withHeadChosen(const QString &text, const HeadPlace &head);

/// The heads that the view of several heads shows, as its parameter says it; empty: the pinned one.
QString chosenHeadsOf(const SessionState &state);
/// With that head among them, or without it when it is; the first time beside the pinned one.
SessionState withHeadChosen(SessionState state, const HeadPlace &head);
SessionState withHeadsChosen(SessionState state, const QString &heads);

} // namespace encoderscope
