// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

#include <set>

namespace encoderscope
{

/// How much of each token's last hidden state is in the vector that the model makes of a sentence: the vector
/// is the sum of the hidden states times their shares, up to its length, which no cosine depends on [tokens].
/// Masked tokens have none. Throws Error for models whose vector is no such sum.
Eigen::VectorXd sentence_shares(const Model &model, Index tokens, const std::set<int> &masked);

/// Throws the same Error.
void check_sentence_shares(const Model &model);

} // namespace encoderscope
