// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/lens.h"
#include "engine/attribution/patching.h"
#include "ui/figures/figure.h"
#include "ui/state/chosen_target.h"

#include <Eigen/Core>

namespace encoderscope
{

// What the layers know of a target.

/// Layer x token: the probability of `piece` (empty: of the likeliest piece), and the likeliest piece in the
/// cell.
FigurePtr lensFigure(const Frame &frame, const Lens &lens, const QString &piece);

/// Layer x token: how much of the target's difference comes back when a block's output is taken from the
/// other run. Without `patch`: layer x head.
FigurePtr patchFigure(const Frame &frame, const ChosenTarget &chosen, const PatchMap &map,
                      std::optional<Patch> patch);

} // namespace encoderscope
