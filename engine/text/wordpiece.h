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
    bool hangul_as_letters = false; ///< a Hangul syllable without a piece becomes its letters (ㄱ to ㅣ)
};

/// BERT's WordPiece: from the left, always the longest piece of the vocabulary that fits; a word with a place
/// where none fits is unknown as a whole, unless a Hangul syllable there can be spelled.
class WordPiece : public PieceModel
{
public:
    WordPiece(const Vocabulary &vocabulary, const WordPieceOptions &options);
    std::vector<WordPart> parts(AlignedView word) const override;

private:
    int piece_at(PieceTrie::Node node, char32_t character) const;
    bool spell(AlignedView word, std::size_t at, std::vector<WordPart> &parts) const;

    PieceTrie trie_;
    PieceTrie::Node inside_; ///< where pieces that go on with a word start
    std::size_t longest_word_;
    int unknown_id_;
    bool hangul_as_letters_;
};

} // namespace encoderscope
