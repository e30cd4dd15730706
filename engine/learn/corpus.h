// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/learn/batch.h"
#include "engine/text/tokenizer.h"

#include <QStringList>

#include <cstdint>

namespace encoderscope
{

/// Token ids of sentences, specials around them included.
using Sentences = std::vector<std::vector<int>>;

/// The most bytes of a text to learn from: a pipe or device may never end.
constexpr qint64 largest_text = 512LL * 1024 * 1024;

/// The lines of UTF-8 text files, or pipes, that are not blank. Throws Error when a file cannot be read, is
/// larger than that or not UTF-8, or when all of them hold no text.
QStringList read_lines(const QStringList &files);

/// The tokens of a line, or of a pair when it has a tab between two sentences.
Encoding encode_line(const Tokenizer &tokenizer, const QString &line, int max_tokens);

/// Sentences of `lines`, or pairs where a line has a tab between them, cut at `max_tokens`; lines of one
/// piece teach nothing and are left out.
Sentences tokenize_lines(const Tokenizer &tokenizer, const QStringList &lines, int max_tokens);

/// Throws Error when there is nothing to learn from: no sentences, or only one distinct piece in them.
void check_learnable(const Sentences &sentences, const MaskingVocabulary &vocabulary);

/// Special tokens are those around sentences, the mask and every other piece written [LIKE THIS]. Only the
/// pieces `asked` are masked; empty = all that are not special.
MaskingVocabulary masking_vocabulary(const Tokenizer &tokenizer, const QStringList &asked = {});

/// A number that changes when a sentence does.
std::uint64_t fingerprint(const Sentences &sentences);

/// Batches of sentences of similar length. What a batch holds is a function of seed and number: every epoch
/// mixes sentences of the same length anew and takes the batches in another order. With `short_first`, the
/// first epoch goes from short sentences to long ones, half of it chance.
class BatchOrder
{
public:
    /// `sentences` must outlive this.
    BatchOrder(const Sentences &sentences, int batch_tokens, std::uint64_t seed, bool short_first = false);

    /// Batches until every sentence was seen once.
    int epoch_size() const { return static_cast<int>(cuts_.size()) - 1; }
    /// Batch `number`, from 0, without end.
    std::vector<const std::vector<int> *> batch(std::int64_t number);

private:
    void order_epoch(std::int64_t epoch);

    const Sentences &sentences_;
    std::uint64_t seed_;
    bool short_first_;
    std::int64_t epoch_ = -1;
    std::vector<int> order_;   ///< sentences by length
    std::vector<int> cuts_;    ///< batch b holds order_[cuts_[b]] .. order_[cuts_[b + 1]]
    std::vector<int> batches_; ///< the order in which batches are taken
};

} // namespace encoderscope
