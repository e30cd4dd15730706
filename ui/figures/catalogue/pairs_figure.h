// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/state/chosen_target.h"

#include <Eigen/Core>

namespace encoderscope
{

/// Tokens of A x tokens of B: what each pair adds to the cosine of the sentences. `chosen` is a similarity.
FigurePtr pairsFigure(const Frame &frame, const ChosenTarget &chosen, const Eigen::MatrixXd &pairs);

} // namespace encoderscope
