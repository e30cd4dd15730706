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
/// cell. `fitted`: read through the model's fitted maps.
FigurePtr lensFigure(const Frame &frame, const Lens &lens, const QString &piece, bool fitted);

/// Layer x token: how much of the target's difference comes back when a block's output is taken from the
/// reference. Without `patch`: layer x head. A token's label says whose place it takes where the words
/// differ; one without a partner is hatched.
FigurePtr patchFigure(const Frame &frame, const ChosenTarget &chosen, const Trace &reference,
                      const Alignment &alignment, const PatchMap &map, std::optional<Patch> patch);

/// "3 “cat”, 5 “on”": the tokens of `trace` that have no partner, the first of them; empty when all have one.
QString tokensWithoutPartner(const Trace &trace, const Alignment &alignment);

} // namespace encoderscope
