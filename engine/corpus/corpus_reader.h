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
/// How many sentences there are.
qint64 count_sentences(const CorpusFile &file);
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
/// In the same order. `with_key`: each has a key.
std::vector<ExampleInContext> in_context(const CorpusFile &file, const std::vector<Example> &examples,
                                         bool with_key);
/// Best first; layer, neuron and head from 0.
std::vector<ExampleInContext> neuron_examples(const CorpusFile &file, int layer, int neuron);
std::vector<ExampleInContext> head_examples(const CorpusFile &file, int layer, int head);

/// Where a piece of the vocabulary, as it is written there, is used: once for each sentence.
struct PieceUses {
    qint64 sentences = 0; ///< that have it
    qint64 compared = 0;  ///< of them, those whose vectors were compared
    std::vector<ExampleInContext> uses;
    bool by_index = false; ///< those compared are what an index found nearest of all
};
/// Vectors of a frequent piece that are compared: reading them is what takes the time.
constexpr qint64 most_compared = 4000;
/// The piece's number; -1 when it never comes.
int number_of_piece(const CorpusFile &file, const QString &piece);
qint64 sentences_with(const CorpusFile &file, int piece);
/// The first ones of the corpus; `value` of the examples means nothing.
PieceUses piece_uses(const CorpusFile &file, const QString &piece, int most);
/// The first use in each of the sentences with a piece, in order; of more than `most_compared` about as many,
/// which lie evenly over the corpus, in blocks of neighbours: these lie on one page of the file.
struct EvenUses {
    std::vector<Example> uses;
    qint64 blocks = 1; ///< one of so many is among them

    /// Where the uses end that begin at `first` and have none between them that is not among them; `last` at
    /// most.
    std::size_t run(std::size_t first, std::size_t last) const;
};
EvenUses even_uses(const CorpusFile &file, int piece, qint64 sentences);

/// Those in the sentences whose vectors are nearest to `vector` [1 x d]; `value` is the cosine, the greatest
/// first. Of a frequent piece some thousand sentences are compared, which lie evenly over the corpus. Fewer,
/// or none, when `stop` was requested.
PieceUses nearest_uses(const CorpusFile &file, const QString &piece, const RowVector &vector, int most,
                       const std::stop_token &stop = {});

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
