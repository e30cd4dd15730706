// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"

#include <stop_token>

namespace encoderscope
{

// What flows between tokens: rollout over the layers, and lines. Layers and heads from 0.

/// The rollout through layers 0 .. `lastLayer` of the run to show, or its difference [tokens x tokens]. With
/// `hideSpecial` of the tokens that are not special. Throws Stopped.
Matrix comparedRollout(const ComparedTrace &compared, int lastLayer, bool hideSpecial,
                       const std::stop_token &stop);

/// Tokens x tokens: how much of each input token reaches each token through layers 0 .. `lastLayer`. With
/// `hideSpecial` the rollout is one without special tokens.
FigurePtr rolloutFigure(const ComparedTrace &compared, const Matrix &rollout, int lastLayer,
                        bool hideSpecial);

/// More tokens than lines can be told apart.
constexpr int most_line_tokens = 256;
/// Lines from queries to keys: one head of a layer, or all of them. Null for more tokens than that. With
/// `hideSpecial` special tokens are left out, and the other weights renormalized.
FigurePtr linesFigure(const ComparedTrace &compared, int layer, int head, bool allHeads, bool hideSpecial);

} // namespace encoderscope
