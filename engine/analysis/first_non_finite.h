// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <optional>

namespace encoderscope
{

/// The first place where a run has a number that is none: NaN or an infinity.
struct NonFinite {
    int layer = -1;   ///< from 0; -1 = the embedding, `layers` = after the last layer
    int head = -1;    ///< of the attention; -1 = no one head's
    int token = 0;    ///< the row that has it
    bool nan = false; ///< else an infinity
    QString block;    ///< for the user: "attention weights"
};

/// Looks through the stages of a run in the order in which they are computed: one pass over the numbers that
/// a trace stores. Scores and weights, which it does not, are looked at where what came of them is not
/// finite; a score of minus infinity is a weight of 0, and is not told.
std::optional<NonFinite> first_non_finite(const Trace &trace);

/// One sentence for the user: "NaN first arises here: layer 2, attention weights, head 3, token 4 (cat)."
/// Empty for a run whose numbers are all finite.
QString non_finite_message(const Trace &trace);

} // namespace encoderscope
