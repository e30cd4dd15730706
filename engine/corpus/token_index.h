// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/corpus_file.h"
#include "engine/corpus/token_index_file.h"
#include "engine/matrix.h"

#include <functional>
#include <optional>
#include <stop_token>

namespace encoderscope
{

// An index of the vectors of a corpus's tokens after a layer (inverted lists around centres, numbers of a
// vector as bytes: https://github.com/facebookresearch/faiss/wiki/Faiss-indexes), in a file beside the
// corpus, which knows its index by a number that both have.

/// The file: the corpus's name with the layer, from 1.
QString token_index_path(const QString &corpus, int layer);

struct BuiltIndex {
    qint64 tokens = 0;
    qint64 bytes = 0; ///< of the file
    bool stopped = false;
};
/// Makes the index anew. `file` is open to write. `report` is told what share of the work is done, 0 to 1.
/// Stopped, or where it fails, the index that was there stays. Throws Error: also without the module that
/// has FAISS, and when the corpus keeps no vectors after that layer.
BuiltIndex build_token_index(const CorpusFile &file, int layer,
                             const std::function<void(double)> &report = {},
                             const std::stop_token &stop = {});

/// A token of the corpus.
struct TokenPlace {
    std::int64_t sentence = 0;
    int piece = 0;
    int position = 0;
};

class TokenIndex
{
public:
    /// The corpus's index of that layer. Throws Error when it has none, or not this one, or it is damaged.
    TokenIndex(const CorpusFile &file, int layer);

    int layer() const { return static_cast<int>(file_.header().layer); }
    qint64 tokens() const { return static_cast<qint64>(file_.header().tokens); }
    std::span<const std::int64_t> sentences() const { return file_.sentences(); }
    /// Where the vectors lie whose cosine with `vector` [1 x d_model] is about the greatest: of a piece, or
    /// of any. Throws Error: also without the module that has FAISS.
    std::vector<TokenPlace> nearest(const RowVector &vector, int most, std::optional<int> piece) const;

private:
    QString path_;
    TokenIndexFile file_;
};

/// Sentences that came after an index was made and are read besides; with more it has to be made anew.
constexpr qint64 most_not_indexed = 1000;

/// The layers of which the corpus has an index that can be used.
std::vector<int> indexed_layers(const CorpusFile &file);

} // namespace encoderscope
