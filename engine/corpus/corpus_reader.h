// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/corpus_file.h"
#include "engine/corpus/head_totals.h"

#include <stop_token>

namespace encoderscope
{

// What is in a corpus. Each function throws Error when it cannot be read, or holds what cannot be.

struct CorpusSummary {
    qint64 sentences = 0;
    qint64 tokens = 0;
    qint64 cut = 0;                                  ///< sentences that lost their end
    qint64 not_finite = 0;                           ///< sentences whose run had numbers that are not
    std::vector<std::pair<QString, qint64>> sources; ///< name, sentences
};
CorpusSummary read_summary(const CorpusFile &file);
/// Whether sentences have vectors, as those of a model that makes some.
bool has_vectors(const CorpusFile &file);

HeadTotals read_head_totals(const CorpusFile &file);
TopExamples read_neuron_examples(const CorpusFile &file);
TopExamples read_head_examples(const CorpusFile &file);

/// A sentence as it is in the corpus; `result.predictions` in order of kind, place and rank.
struct StoredSentence {
    QString source;
    qint64 line = 0;
    SentenceResult result;
};
/// Throws Error when there is none of that number.
StoredSentence read_sentence(const CorpusFile &file, std::int64_t number);
/// The part of the text that a token of the sentence stands for, [begin, end) in UTF-16 units.
std::pair<qsizetype, qsizetype> place_of(const SentenceResult &sentence, int token);
/// The numbers of all sentences, in order.
std::vector<std::int64_t> read_sentence_numbers(const CorpusFile &file);

/// An example and the sentence around it.
struct ExampleInContext {
    Example example;
    StoredSentence sentence;
};
/// Best first; layer, neuron and head from 0.
std::vector<ExampleInContext> neuron_examples(const CorpusFile &file, int layer, int neuron);
std::vector<ExampleInContext> head_examples(const CorpusFile &file, int layer, int head);

/// Where a piece of the vocabulary, as it is written there, is used: once for each sentence.
struct PieceUses {
    qint64 sentences = 0; ///< that have it
    qint64 compared = 0;  ///< of them, those whose vectors were compared
    std::vector<ExampleInContext> uses;
};
/// The first ones of the corpus; `value` of the examples means nothing.
PieceUses piece_uses(const CorpusFile &file, const QString &piece, int most);
/// Those in the sentences whose vectors are nearest to `vector` [1 x d]; `value` is the cosine, the greatest
/// first. Of a frequent piece some thousand sentences are compared, which lie evenly over the corpus. Fewer,
/// or none, when `stop` was requested.
PieceUses nearest_uses(const CorpusFile &file, const QString &piece, const RowVector &vector, int most,
                       const std::stop_token &stop = {});

/// The vector of a token of a sentence after a layer, from 1 [1 x d_model]; empty where the corpus keeps
/// none.
RowVector read_token_vector(const CorpusFile &file, int layer, std::int64_t sentence, int piece,
                            int position);
/// All of them, as SentenceResult::token_vectors has them; those of specials are zeros.
std::vector<QByteArray> read_token_vectors(const CorpusFile &file, const SentenceResult &sentence);
/// The uses of a piece whose own vectors after `layer`, from 1, are nearest to `vector` [1 x d_model], the
/// nearest of each sentence; `value` is the cosine, the greatest first. Of a frequent piece some thousand
/// uses are compared, in sentences that lie evenly over the corpus. `but` is a sentence that is left out, or
/// 0. Fewer, or none, when `stop` was requested. Throws Error also when the corpus keeps none after that
/// layer.
PieceUses nearest_tokens(const CorpusFile &file, int layer, const QString &piece, const RowVector &vector,
                         int most, std::int64_t but = 0, const std::stop_token &stop = {});

struct FoundSentence {
    StoredSentence sentence;
    std::vector<std::pair<qsizetype, qsizetype>> words; ///< that were found: [begin, end), in UTF-16 units
};
/// Sentences with words that begin like each of those in `words`, in any order: the Korean particles after a
/// word need not be known.
std::vector<FoundSentence> search_sentences(const CorpusFile &file, const QString &words, int most);
/// How many there are.
qint64 count_sentences(const CorpusFile &file, const QString &words);

struct PieceCount {
    int id = 0;
    QString text;
    qint64 occurrences = 0;
};
/// The most frequent first.
std::vector<PieceCount> read_piece_counts(const CorpusFile &file, int most);

} // namespace encoderscope
