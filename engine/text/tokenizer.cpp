// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/tokenizer.h"

#include <algorithm>
#include <optional>

namespace encoderscope
{

namespace
{

/// How many tokens of two sentences have room: the shorter one keeps all while it has at most half.
std::pair<std::size_t, std::size_t> shared_room(std::size_t a, std::size_t b, std::size_t room)
{
    if (a + b <= room)
        return {a, b};
    const std::size_t half = room / 2;
    const bool a_is_longer = a > b;
    const std::size_t shorter = std::min({a, b, half});
    const std::size_t longer = std::min(std::max(a, b), room - shorter);
    return a_is_longer ? std::pair(longer, shorter) : std::pair(shorter, longer);
}

/// Leaves `room` of the tokens, and says where the text was cut; -1 = nowhere.
qsizetype cut(std::vector<Token> &tokens, std::size_t room, bool left)
{
    if (tokens.size() <= room)
        return -1;
    if (!left) {
        const qsizetype begin = tokens[room].begin;
        tokens.resize(room);
        return begin;
    }
    const qsizetype end = tokens.back().end;
    tokens.erase(tokens.begin(), tokens.end() - static_cast<std::ptrdiff_t>(room));
    return tokens.empty() ? end : tokens.front().begin;
}

} // namespace

Encoding Tokenizer::encode(const QString &text, const QString &text_b, int max_tokens) const
{
    Encoding encoding{.text = text, .text_b = text_b, .tokens = {}, .cut_a = -1, .cut_b = -1};
    const bool pair = !text_b.isNull();
    std::vector<Token> a = tokenize(text);
    std::vector<Token> b = pair ? tokenize(text_b) : std::vector<Token>{};
    const Specials around = pair ? pair_specials() : specials();

    const std::size_t added =
        around.before.size() + around.after.size() + (pair ? around.between.size() : std::size_t{0});
    if (max_tokens > 0) {
        const std::size_t room = std::max<std::size_t>(static_cast<std::size_t>(max_tokens), added) - added;
        const auto [room_a, room_b] = shared_room(a.size(), b.size(), room);
        encoding.cut_left = truncates_left();
        encoding.cut_a = cut(a, room_a, encoding.cut_left);
        encoding.cut_b = cut(b, room_b, encoding.cut_left);
    }

    const auto append = [&](std::vector<Token> tokens, int segment, std::optional<int> type = std::nullopt) {
        for (Token &token : tokens) {
            token.segment = segment;
            token.type = type.value_or(token.type);
            encoding.tokens.push_back(std::move(token));
        }
    };
    append(around.before, 0);
    append(std::move(a), 0, around.type_a);
    if (pair) {
        append(around.between, 0);
        append(std::move(b), 1, around.type_b);
    }
    append(around.after, pair ? 1 : 0);
    return encoding;
}

} // namespace encoderscope
