// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/learn/random.h"

#include <span>
#include <vector>

namespace encoderscope
{

/// Sentences to learn from at once, packed one after the other without padding.
struct Batch {
    std::vector<int> ids;       ///< [tokens], as the encoder reads them: some of them masked
    std::vector<int> types;     ///< [tokens], rows of the token type table; empty = all 0
    std::vector<bool> special;  ///< [tokens]: around sentences, not of them; empty = none
    std::vector<int> starts;    ///< where each sentence starts, and the number of tokens at the end
    std::vector<int> positions; ///< tokens that are to be predicted
    std::vector<int> labels;    ///< and what they were before they were masked

    int tokens() const { return static_cast<int>(ids.size()); }
    int sentences() const { return static_cast<int>(starts.size()) - 1; }
};

/// What masking has to know about a vocabulary.
struct MaskingVocabulary {
    int mask = 0;
    std::vector<bool> special;     ///< by id: never masked
    std::vector<bool> continues;   ///< by id: goes on with a word; empty = none does
    std::vector<bool> given;       ///< by id: never masked though not special; empty = none
    int separator = -1;            ///< what stands between sentence and translation; -1 = no pairs
    int type_b = 0;                ///< token type of what follows it
    std::vector<int> replacements; ///< ids that a random replacement is drawn from
};

/// Masked language modelling ("BERT", section 3.1, task 1): a `share` of the tokens that are not special are
/// to be predicted; of these 80 % become the mask token, 10 % a random piece and 10 % stay as they are.
/// At least one token is, where there is any. With `whole_words` the share is of the words, and all pieces of
/// a word are to be predicted together.
Batch mask_tokens(std::span<const std::vector<int> *const> sentences, const MaskingVocabulary &vocabulary,
                  double share, KeyedRandom random, bool whole_words = false);

/// The sentences of `batch` in at most `parts` batches of about as many tokens each, none empty.
std::vector<Batch> split(const Batch &batch, int parts);

} // namespace encoderscope
