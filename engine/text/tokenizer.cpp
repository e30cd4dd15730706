// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/tokenizer.h"

#include <algorithm>

namespace encoderscope
{

Encoding Tokenizer::encode(const QString &text, const QString &text_b, int max_tokens) const
{
    Encoding encoding{.text = text, .text_b = text_b, .tokens = {}, .cut_a = -1, .cut_b = -1};
    const bool pair = !text_b.isNull();
    std::vector<Token> a = tokenize(text);
    std::vector<Token> b = pair ? tokenize(text_b) : std::vector<Token>{};
    const Specials around = specials();

    const std::size_t added =
        around.before.size() + around.after.size() + (pair ? around.between.size() : std::size_t{0});
    if (max_tokens > 0) {
        const std::size_t room = std::max<std::size_t>(static_cast<std::size_t>(max_tokens), added) - added;
        while (a.size() + b.size() > room) {
            std::vector<Token> &longer = b.size() > a.size() ? b : a;
            qsizetype &cut = b.size() > a.size() ? encoding.cut_b : encoding.cut_a;
            cut = longer.back().begin;
            longer.pop_back();
        }
    }

    auto append = [&](std::vector<Token> tokens, int segment) {
        for (Token &token : tokens) {
            token.segment = segment;
            token.type = segment == 1 ? around.type_b : 0;
            encoding.tokens.push_back(std::move(token));
        }
    };
    append(around.before, 0);
    append(std::move(a), 0);
    if (pair) {
        append(around.between, 0);
        append(std::move(b), 1);
    }
    append(around.after, pair ? 1 : 0);
    return encoding;
}

} // namespace encoderscope
