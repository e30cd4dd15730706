// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"
#include "engine/text/token_alignment.h"

#include <stop_token>

namespace encoderscope
{

/// Linear centred kernel alignment of two representations of the same items [items x d] and [items x d']
/// ("Similarity of Neural Network Representations Revisited", equation 1 in feature space): 0 = nothing in
/// common, 1 = the same but for rotation and size. NaN when one of them does not vary. Few items with many
/// dimensions are similar by chance.
double linear_cka(const MatrixRef &a, const MatrixRef &b);

/// The same of all hidden states of two runs over their aligned tokens: row = the embedding's output and then
/// the layers of `now`, column = those of the reference [layers + 1 x reference layers + 1]. The models may
/// differ in everything. A stopped computation returns an empty matrix.
Eigen::MatrixXd hidden_similarity(const Trace &now, const Trace &reference, const TokenAlignment &alignment,
                                  const std::stop_token &stop = {});

} // namespace encoderscope
