// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/integrated_gradients.h"

namespace encoderscope
{

/// How a token is taken away.
enum class Occlusion {
    baseline, ///< its row of the embedding table becomes the baseline's
    key,      ///< no token attends to it any more
    deletion, ///< the input is run without it; special tokens and the target's own token stay
};

/// The target minus the target with each token taken away in turn. Scores of tokens that stay are 0.
TokenScores occlusion(const Target &target, const Trace &trace, Occlusion how, Baseline baseline,
                      const std::stop_token &stop = {});

/// What a target does while tokens are taken away, or given back, one after the other.
struct Curve {
    std::vector<double> values; ///< [0] before the first, [k] after k tokens
    double area = 0.0;          ///< the mean of the curve, by trapezoids
};

/// The proof of an explanation ("RISE", Petsiuk et al. 2018, section 3.3): a good one makes the target fall
/// soon when the tokens with the highest scores are replaced by the baseline first (a small area of
/// `deletion`), and rise soon when the baseline gets them first (a large area of `insertion`).
struct Curves {
    Curve deletion, insertion;
};

/// The tokens that may be taken away, those with the highest scores first, in their order among equals:
/// all but special ones and the target's own.
std::vector<int> order_by_scores(const Target &target, const Trace &trace, const Eigen::VectorXd &scores);
/// The same tokens in a random order; the same `seed` gives the same order everywhere.
std::vector<int> random_order(const Target &target, const Trace &trace, std::uint64_t seed);

/// Empty when stopped.
Curves deletion_curves(const Target &target, const Trace &trace, const std::vector<int> &order,
                       Baseline baseline, const std::stop_token &stop = {});

/// The mean of the curves of `orders` random orders, of the seeds from `seed` on: what an explanation has to
/// be better than. Empty when stopped.
Curves random_curves(const Target &target, const Trace &trace, int orders, std::uint64_t seed,
                     Baseline baseline, const std::stop_token &stop = {}, const OnProgress &progress = {});

} // namespace encoderscope
