// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/corpus_reader.h"

#include <stop_token>

namespace encoderscope
{

// The vectors of tokens that a corpus keeps, and the tokens whose vectors are nearest to one. Each function
// throws Error when the corpus cannot be read, or holds what cannot be. Layers count from 1.

/// Throws Error unless the corpus keeps vectors after that layer.
void check_token_layer(const CorpusFile &file, int layer);

/// The vector of a token of a sentence after a layer [1 x d_model]; empty where the corpus keeps none.
RowVector read_token_vector(const CorpusFile &file, int layer, std::int64_t sentence, int piece,
                            int position);
/// All of them, as SentenceResult::token_vectors has them; those of specials are zeros.
std::vector<QByteArray> read_token_vectors(const CorpusFile &file, const SentenceResult &sentence);

/// The uses of a piece whose own vectors after `layer` are nearest to `vector` [1 x d_model], the nearest of
/// each sentence; `value` is the cosine, the greatest first. Up to some thousand sentences with the piece all
/// are compared; of more, those that the corpus's index finds, or, where it has none that can be used, as
/// many that lie evenly over the corpus. `but` is a sentence that is left out, or 0. Fewer, or none, when
/// `stop` was requested. Throws Error also when the corpus keeps none after that layer.
PieceUses nearest_tokens(const CorpusFile &file, int layer, const QString &piece, const RowVector &vector,
                         int most, std::int64_t but = 0, const std::stop_token &stop = {});

/// The same of all tokens, whatever their piece: those that the corpus's index finds, compared exactly.
/// Throws Error also when it has no index, or one that lacks too many sentences, and without the module that
/// has FAISS.
PieceUses nearest_of_any_piece(const CorpusFile &file, int layer, const RowVector &vector, int most,
                               std::int64_t but = 0, const std::stop_token &stop = {});

} // namespace encoderscope
