// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/piece_model.h"
#include "engine/text/vocabulary.h"

namespace encoderscope
{

/// Each word is one piece, or unknown.
class WholeWords : public PieceModel
{
public:
    WholeWords(VocabularyPtr vocabulary, int unknown_id);
    std::vector<WordPart> parts(AlignedView word) const override;

private:
    VocabularyPtr vocabulary_;
    int unknown_id_;
};

/// Each user-perceived character of a word is one piece: with the prefix inside a word where the vocabulary
/// has it so, else without. One that is no piece is cut into its code points (jamo, bytes) where those are,
/// and else is unknown. A word mark (▁) before the first character belongs to it where the vocabulary has the
/// two as a piece, and else is a piece of its own.
class SingleCharacters : public PieceModel
{
public:
    SingleCharacters(VocabularyPtr vocabulary, int unknown_id, QString prefix);
    std::vector<WordPart> parts(AlignedView word) const override;

private:
    int id(AlignedView character, bool inside) const;

    VocabularyPtr vocabulary_;
    int unknown_id_;
    QString prefix_;
};

} // namespace encoderscope
