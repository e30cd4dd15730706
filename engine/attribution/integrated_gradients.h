// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/progress.h"
#include "engine/attribution/target.h"

namespace encoderscope
{

/// What a sentence is compared with: the row that stands for "no word here". Special tokens keep their own.
enum class Baseline {
    zero,    ///< zeros
    mask,    ///< the row of the mask token
    average, ///< the mean of the table's rows
};

/// A number for each token that says what it did for a target.
struct TokenScores {
    Eigen::VectorXd scores; ///< [n]; empty when the computation was stopped
    double value = 0.0;     ///< of the target
};

/// The token rows of the baseline [n x embedding_size]. Throws Error for `mask` with a vocabulary that has no
/// mask token.
Matrix baseline_rows(const Model &model, const Encoding &encoding, Baseline baseline);

/// Gradient by a token's row of the embedding table, times that row, summed ("Gradient x input").
TokenScores gradient_times_input(const Target &target, const Trace &trace, const std::stop_token &stop = {});
/// The Euclidean length of that gradient: how sensitive the target is to the token.
TokenScores gradient_norm(const Target &target, const Trace &trace, const std::stop_token &stop = {});

struct IntegratedGradients : TokenScores {
    double baseline_value = 0.0; ///< the target of the baseline
    double gap = 0.0;            ///< value - baseline_value - the scores' sum: 0 for infinitely many steps
};

/// "Axiomatic Attribution for Deep Networks", section 3: the gradient averaged over the way from the baseline
/// to the input, at the `steps` points of the Gauss-Legendre rule, times the way. The steps run as stacked
/// inputs.
IntegratedGradients integrated_gradients(const Target &target, const Trace &trace, Baseline baseline,
                                         int steps, const std::stop_token &stop = {},
                                         const OnProgress &progress = {});

} // namespace encoderscope
