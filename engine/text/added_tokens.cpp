// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/added_tokens.h"

namespace encoderscope
{

AddedTokens::AddedTokens(std::vector<AddedToken> tokens)
    : tokens_(std::move(tokens))
{
    QStringList contents;
    for (const AddedToken &token : tokens_)
        contents.append(token.content);
    trie_ = PieceTrie(contents);
}

std::vector<Stretch> AddedTokens::split(AlignedView text) const
{
    std::vector<Stretch> stretches;
    const auto add = [&](std::size_t begin, std::size_t end, const AddedToken *token) {
        if (begin < end) {
            const AlignedView part = text.subspan(begin, end - begin);
            stretches.push_back({AlignedText(part.begin(), part.end()), token});
        }
    };
    std::size_t rest = 0;
    for (std::size_t i = 0; i < text.size();) {
        const AddedToken *token = nullptr;
        std::size_t begin = i;
        std::size_t end = i + 1;
        PieceTrie::Node node = tokens_.empty() ? -1 : trie_.root();
        for (std::size_t j = i; j < text.size() && node >= 0; ++j) {
            node = trie_.child(node, text[j].value);
            if (node >= 0 && trie_.piece(node) >= 0) {
                token = &tokens_[static_cast<std::size_t>(trie_.piece(node))];
                end = j + 1;
            }
        }
        i = end;
        const auto joins = [&](std::size_t index) {
            return index < text.size() && is_word_character(text[index].value);
        };
        if (!token || (token->single_word && ((begin > 0 && joins(begin - 1)) || joins(end))))
            continue;
        while (token->lstrip && begin > rest && is_space(text[begin - 1].value))
            --begin;
        while (token->rstrip && end < text.size() && is_space(text[end].value))
            ++end;
        add(rest, begin, nullptr);
        add(begin, end, token);
        rest = end;
        i = end;
    }
    add(rest, text.size(), nullptr);
    return stretches;
}

} // namespace encoderscope
