// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/piece_model.h"
#include "engine/text/piece_trie.h"
#include "engine/text/vocabulary.h"

namespace encoderscope
{

struct WordPieceOptions {
    QString unknown = QStringLiteral("[UNK]");
    QString prefix = QStringLiteral("##"); ///< marks the pieces that go on with a word
    int longest_word = 100;                ///< longer words (in characters) are unknown as a whole
};

/// BERT's WordPiece: from the left, always the longest piece of the vocabulary that fits; a word with a place
/// where none fits is unknown as a whole.
class WordPiece : public PieceModel
{
public:
    WordPiece(const Vocabulary &vocabulary, const WordPieceOptions &options);
    std::vector<WordPart> parts(AlignedView word) const override;

private:
    PieceTrie trie_;
    PieceTrie::Node inside_; ///< where pieces that go on with a word start
    std::size_t longest_word_;
    int unknown_id_;
};

} // namespace encoderscope
