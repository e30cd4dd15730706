// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/wordpiece.h"

#include "engine/text/hangul.h"

#include <algorithm>

namespace encoderscope
{

WordPiece::WordPiece(const Vocabulary &vocabulary, const WordPieceOptions &options)
    : trie_(vocabulary.pieces())
    , inside_(trie_.walk(aligned_text(options.prefix)))
    , longest_word_(static_cast<std::size_t>(std::max(options.longest_word, 0)))
    , unknown_id_(std::max(vocabulary.id(options.unknown), 0))
    , hangul_as_letters_(options.hangul_as_letters)
{
}

/// The piece of `character` alone below `node`; -1 when there is none.
int WordPiece::piece_at(PieceTrie::Node node, char32_t character) const
{
    const PieceTrie::Node child = node >= 0 ? trie_.child(node, character) : node;
    return child >= 0 ? trie_.piece(child) : -1;
}

/// Adds the letters of the Hangul syllable at `at`; false when it is none, or a letter has no piece.
bool WordPiece::spell(AlignedView word, std::size_t at, std::vector<WordPart> &parts) const
{
    const std::u32string letters = hangul_letters(word[at].value);
    std::vector<WordPart> spelled;
    for (const char32_t letter : letters) {
        const int piece = piece_at(at == 0 && spelled.empty() ? trie_.root() : inside_, letter);
        if (piece < 0)
            return false;
        spelled.push_back({piece, at, at + 1, false});
    }
    parts.insert(parts.end(), spelled.begin(), spelled.end());
    return !spelled.empty();
}

std::vector<WordPart> WordPiece::parts(AlignedView word) const
{
    const std::vector<WordPart> unknown{{unknown_id_, 0, word.size(), true}};
    if (word.size() > longest_word_)
        return unknown;
    std::vector<WordPart> parts;
    for (std::size_t begin = 0; begin < word.size();) {
        WordPart longest;
        PieceTrie::Node node = begin == 0 ? trie_.root() : inside_;
        for (std::size_t end = begin; end < word.size() && node >= 0;) {
            node = trie_.child(node, word[end].value);
            ++end;
            if (node >= 0 && trie_.piece(node) >= 0)
                longest = {trie_.piece(node), begin, end, false};
        }
        if (longest.end == 0) {
            if (!hangul_as_letters_ || !spell(word, begin, parts))
                return unknown;
            ++begin;
            continue;
        }
        begin = longest.end;
        parts.push_back(longest);
    }
    return parts;
}

} // namespace encoderscope
