// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/learn/corpus.h"
#include "engine/learn/encoder_pass.h"

#include <unordered_map>

namespace encoderscope
{

/// What can be predicted without an encoder, to hold a trained one against: counts of pieces, and of pieces
/// after the one before.
class Baselines
{
public:
    Baselines(const Sentences &sentences, int vocabulary_size, const MaskingVocabulary &vocabulary);

    /// How often the piece comes, one added to each count.
    Outcome unigram(const Batch &batch) const;
    /// How often the piece comes after the token before it, mixed with the unigram as Witten and Bell do
    /// ("The zero-frequency problem", method C); the unigram after a masked token.
    Outcome bigram(const Batch &batch) const;

private:
    struct Followers {
        std::unordered_map<int, int> counts;
        int total = 0;
        int most_frequent = 0;
    };
    double unigram_probability(int id) const;

    int mask_;
    std::vector<int> counts_;
    std::int64_t total_ = 0;
    int most_frequent_ = 0;
    std::unordered_map<int, Followers> followers_;
};

} // namespace encoderscope
