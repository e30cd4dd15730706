// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/input_pairs.h"
#include "ui/figures/catalogue/token_score_figures.h"

#include <Eigen/Core>

namespace encoderscope
{

/// Tokens of A x tokens of B: what each pair adds to the cosine of the sentences. `chosen` is a similarity.
FigurePtr pairsFigure(const Frame &frame, const ChosenTarget &chosen, const Eigen::MatrixXd &pairs);

/// The same back to the input tokens, by integrated Jacobians.
FigurePtr inputPairsFigure(const Frame &frame, const ChosenTarget &chosen, const ScoreSettings &settings,
                           const InputPairs &found);

} // namespace encoderscope
