// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/wordpiece.h"

#include <algorithm>

namespace encoderscope
{

WordPiece::WordPiece(const Vocabulary &vocabulary, const WordPieceOptions &options)
    : trie_(vocabulary.pieces())
    , inside_(trie_.walk(aligned_text(options.prefix)))
    , longest_word_(static_cast<std::size_t>(std::max(options.longest_word, 0)))
    , unknown_id_(std::max(vocabulary.id(options.unknown), 0))
{
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
        if (longest.end == 0)
            return unknown;
        begin = longest.end;
        parts.push_back(longest);
    }
    return parts;
}

} // namespace encoderscope
