// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/corpus_file.h"
#include "engine/corpus/head_totals.h"
#include "engine/corpus/statement.h"

#include <map>
#include <optional>
#include <set>

namespace encoderscope
{

/// Writes sentences into a corpus, and keeps what is told of all of them up to date: totals, examples, counts
/// of pieces. The corpus has to be open for writing, by nobody else.
class CorpusWriter
{
public:
    explicit CorpusWriter(CorpusFile &file);

    /// The number of a source; a new one where there is none of that name. Throws Error.
    int source(const QString &name);
    /// Lines of it that are there already. Throws Error.
    std::set<qint64> lines_of(int source) const;
    /// The text of a sentence that is there; null else. Throws Error.
    QString text_of(std::int64_t number) const;

    const TopExamples &neurons() const { return neurons_; }
    const TopExamples &heads() const { return heads_; }

    /// Sentences that are not there yet, and candidates for examples among them: all or nothing, in one
    /// transaction. Throws Error; this object is of no use then.
    void add(const std::vector<SentenceResult> &sentences, const TopExamples &neurons,
             const TopExamples &heads);

private:
    void insert(const SentenceResult &sentence);
    void insert_token_vectors(const SentenceResult &sentence);
    void write_totals() const;
    void write_pieces() const;
    void write_examples(const TopExamples &found, TopExamples &kept, bool of_heads) const;

    CorpusFile &file_;
    HeadTotals totals_;
    TopExamples neurons_, heads_;
    std::map<int, std::pair<QString, qint64>> pieces_; ///< not written yet: text and occurrences by id
    Statement sentence_, token_, prediction_, search_;
    std::optional<Statement> token_vector_; ///< where they are kept
};

/// Floats as they lie in a corpus: little-endian float32.
QByteArray blob_of(std::span<const float> values);
/// What blob_of() made. Empty when the size is another than `count` floats.
std::vector<float> floats_of(const QByteArray &blob, std::size_t count);

} // namespace encoderscope
