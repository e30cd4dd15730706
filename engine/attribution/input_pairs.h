// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/integrated_gradients.h"

namespace encoderscope
{

/// What each pair of input tokens did for the cosine of two sentences.
struct InputPairs {
    Eigen::MatrixXd pairs;     ///< [tokens of a x tokens of b]; empty when stopped
    double cosine = 0.0;       ///< of the sentences' vectors
    double of_baselines = 0.0; ///< the part of the cosine that the baselines' vectors have in it: no pair of
                               ///< words did that
    double gap = 0.0;          ///< cosine - of_baselines - the pairs' sum: 0 for infinitely many steps
};

/// "An Attribution Method for Siamese Encoders" (Moeller, Nikolaev and Padó 2023): the Jacobian of each
/// sentence's vector by its token rows, integrated over the way from the baseline, times the way; the
/// products of both sentences' tokens over the lengths of both vectors. With a, b the vectors and r, s those
/// of the baselines, their sum is (a - r)·(b - s) / (|a| |b|). Jacobians are taken at the `steps` points of
/// the Gauss-Legendre rule. Throws Error for models whose vector is no sum of tokens, and for `mask` without
/// a mask token.
InputPairs input_pairs(const Trace &a, const Trace &b, Baseline baseline, int steps,
                       const std::stop_token &stop = {}, const OnProgress &progress = {});

} // namespace encoderscope
