// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "engine/model/model.h"

#include <set>

namespace encoderscope
{

/// How the model makes a vector of a sentence. Throws Error when it makes none, with the reason.
const SentenceEncoder &sentence_encoder(const Model &model);
/// Tokens that sentence-transformers cut a text to; 0 = no limit.
int most_sentence_tokens(const Model &model);
/// The first token that is pooled: 0, or behind the prompt.
int first_pooled(const Model &model);

/// The poolings of the last hidden state [tokens x d_model] from token `first` on, but for those that are
/// masked, joined, and the steps after them [1 x d].
RowVector pooled_sentence(const MatrixRef &hidden, int first, const std::set<int> &masked,
                          const SentenceEncoder &sentence);

} // namespace encoderscope
