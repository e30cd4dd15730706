// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/byte_pieces.h"
#include "engine/text/piece_model.h"
#include "engine/text/piece_trie.h"

#include <optional>

namespace encoderscope
{

/// SentencePiece's unigram model: of all ways to cut a word the one with the highest sum of its pieces'
/// scores
/// ("Subword Regularization", section 3.2), found by the Viterbi algorithm. Characters that no piece covers
/// are unknown; neighbouring ones are one token.
class Unigram : public PieceModel
{
public:
    /// `scores` of the same length as `pieces`, finite.
    /// `byte_fallback`: what no piece covers becomes the pieces of its bytes ("<0xEA>"), where there are
    /// such.
    Unigram(const QStringList &pieces, std::vector<double> scores, int unknown_id,
            bool byte_fallback = false);
    std::vector<WordPart> parts(AlignedView word) const override;

private:
    PieceTrie trie_;
    std::vector<double> scores_;
    int unknown_id_;
    double unknown_score_;
    std::optional<BytePieces> bytes_;
};

} // namespace encoderscope
