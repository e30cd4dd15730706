// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/integrated_gradients.h"

#include <cstdint>
#include <span>

namespace encoderscope
{

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

/// The tokens that may be taken away, those with the highest scores first, in their order among equals.
std::vector<int> order_by_scores(const Target &target, const Trace &trace, const Eigen::VectorXd &scores);
/// The same tokens in a random order; the same `seed` gives the same order everywhere.
std::vector<int> random_order(const Target &target, const Trace &trace, std::uint64_t seed);

/// The curves of each order. Inputs that several of them come to are run once: the same tokens are taken away
/// there. Tokens that an order does not name stay. Empty when stopped.
std::vector<Curves> deletion_curves(const Target &target, const Trace &trace,
                                    std::span<const std::vector<int>> orders, Baseline baseline,
                                    const std::stop_token &stop = {}, const OnProgress &progress = {});

/// The same of one order.
Curves deletion_curves(const Target &target, const Trace &trace, const std::vector<int> &order,
                       Baseline baseline, const std::stop_token &stop = {});

/// The mean of the curves of `orders` random orders: what an explanation has to be better than. Every second
/// order is the one before it, backwards, which is as random and comes to the same inputs: where one order
/// has given back some tokens, the other has taken away the rest. The others are those of the seeds from
/// `seed` on. Empty when stopped.
Curves random_curves(const Target &target, const Trace &trace, int orders, std::uint64_t seed,
                     Baseline baseline, const std::stop_token &stop = {}, const OnProgress &progress = {});

} // namespace encoderscope
