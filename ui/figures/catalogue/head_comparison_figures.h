// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/classical_scaling.h"
#include "engine/analysis/head_distances.h"
#include "ui/figures/figure.h"
#include "ui/state/chosen_heads.h"
#include "ui/state/compared_trace.h"

namespace encoderscope
{

// Heads next to each other.

enum class HeadsTogether {
    sideBySide, ///< a panel each
    mean,
    maximum,
    difference, ///< of the first from the mean of the others
};

/// Attention weights of these heads, which are of the run; at least one, for a difference two. `hideSpecial`
/// as in AttentionView.
FigurePtr severalHeadsFigure(const ComparedTrace &compared, const std::vector<HeadPlace> &heads,
                             HeadsTogether together, bool hideSpecial);

/// Jensen-Shannon distances of all heads of a run, and the plane that they make.
struct HeadLikeness {
    TracePtr trace;
    HeadDistances distances;
    ScaledPoints plane;
};

/// The `count` heads most like that one, as bars of their distance. Hit::column is layer * heads + head.
FigurePtr likeHeadsFigure(const ComparedTrace &compared, const HeadLikeness &likeness, const HeadPlace &head,
                          int count);
/// Every head as a point, near those that weight the tokens as it does. Hit: panel = layer, row = head.
FigurePtr headMapFigure(const ComparedTrace &compared, const HeadLikeness &likeness);

} // namespace encoderscope
