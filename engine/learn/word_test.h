// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/learn/baselines.h"
#include "engine/model/model.h"

#include <QStringList>

namespace encoderscope
{

/// How many words were found when each word of a text was masked by itself. Models with other vocabularies
/// can be held against each other: the words are the same, though not their pieces.
struct WordOutcome {
    int words = 0;
    int found = 0;        ///< words all of whose pieces had the largest logit
    int pieces = 0;       ///< of all words
    int pieces_found = 0; ///< of all words
    int unknown = 0;      ///< words that are [UNK], and so are not found

    double share() const { return words > 0 ? static_cast<double>(found) / words : 0.0; }
    double pieces_share() const { return pieces > 0 ? static_cast<double>(pieces_found) / pieces : 0.0; }
    double pieces_a_word() const { return words > 0 ? static_cast<double>(pieces) / words : 0.0; }
};

/// A batch for each word of each line, in which all pieces of that word are masked and to be predicted.
/// Punctuation marks are no words.
std::vector<Batch> one_word_batches(const Tokenizer &tokenizer, const QStringList &lines, int max_tokens);

/// Throws Error for a model that training does not support.
WordOutcome test_words(const Model &model, const QStringList &lines, int max_tokens);

/// The same words with the most frequent piece, or the most frequent one after the token before.
WordOutcome test_words_by_unigram(const Baselines &baselines, const Tokenizer &tokenizer,
                                  const QStringList &lines, int max_tokens);
WordOutcome test_words_by_bigram(const Baselines &baselines, const Tokenizer &tokenizer,
                                 const QStringList &lines, int max_tokens);

} // namespace encoderscope
