// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/aligned_text.h"
#include "engine/text/piece_trie.h"

namespace encoderscope
{

/// A token that is found in the text before anything else happens to it.
struct AddedToken {
    QString content;
    int id = -1;
    bool special = false;
    bool normalized = false;  ///< looked for in the normalized text, not in the typed one
    bool single_word = false; ///< only between characters that belong to no word
    bool lstrip = false;      ///< takes the white space before it along
    bool rstrip = false;      ///< takes the white space after it along
};

/// A stretch of a text: an added token, or (token == nullptr) what lies between two.
struct Stretch {
    AlignedText text;
    const AddedToken *token = nullptr;
};

/// Finds some added tokens in texts. Immutable.
class AddedTokens
{
public:
    AddedTokens() = default;
    explicit AddedTokens(std::vector<AddedToken> tokens);

    /// Cuts `text` at the tokens found in it, the leftmost first and of those the longest; empty stretches
    /// are left out. The result looks at the tokens of this object.
    std::vector<Stretch> split(AlignedView text) const;

private:
    std::vector<AddedToken> tokens_;
    PieceTrie trie_;
};

} // namespace encoderscope
