// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/token_following.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

bool contains(const Encoding &encoding, int token)
{
    return token >= 0 && token < static_cast<int>(encoding.tokens.size());
}

const Token &at(const Encoding &encoding, int token)
{
    return encoding.tokens[static_cast<std::size_t>(token)];
}

/// The one stretch of a text that an edit replaced.
struct Edit {
    qsizetype begin = 0;
    qsizetype end = 0;   ///< in the old text
    qsizetype shift = 0; ///< of what lies after it

    Edit(const QString &before, const QString &after)
    {
        const qsizetype shorter = std::min(before.size(), after.size());
        while (begin < shorter && before[begin] == after[begin])
            ++begin;
        qsizetype tail = 0;
        while (tail < shorter - begin && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
            ++tail;
        end = before.size() - tail;
        shift = after.size() - before.size();
    }

    bool touches(const Token &token) const { return token.begin < end && token.end > begin; }
    qsizetype moved(qsizetype place) const { return place >= end ? place + shift : std::min(place, begin); }
};

Edit edit(const Encoding &from, const Encoding &to, int segment)
{
    return segment == 0 ? Edit(from.text, to.text) : Edit(from.text_b, to.text_b);
}

/// The special token of the same rank: the second [SEP] stays the second one.
std::optional<int> followedSpecial(const Encoding &from, int token, const Encoding &to)
{
    const auto rank = std::count_if(from.tokens.begin(), from.tokens.begin() + token,
                                    [](const Token &other) { return other.special; });
    std::ptrdiff_t seen = 0;
    for (std::size_t i = 0; i < to.tokens.size(); ++i) {
        if (to.tokens[i].special && seen++ == rank)
            return static_cast<int>(i);
    }
    return std::nullopt;
}

/// The token of `segment` that holds that place of the text, or the one that begins nearest to it.
int tokenNear(const Encoding &encoding, int segment, qsizetype place)
{
    int best = -1;
    qsizetype distance = 0;
    for (std::size_t i = 0; i < encoding.tokens.size(); ++i) {
        const Token &token = encoding.tokens[i];
        if (token.special || token.segment != segment)
            continue;
        if (token.begin <= place && place < token.end)
            return static_cast<int>(i);
        const qsizetype away = std::abs(token.begin - place);
        if (best < 0 || away < distance) {
            best = static_cast<int>(i);
            distance = away;
        }
    }
    return best;
}

} // namespace

std::optional<int> followedToken(const Encoding &from, int token, const Encoding &to)
{
    if (!contains(from, token))
        return std::nullopt;
    const Token &old = at(from, token);
    if (old.special)
        return followedSpecial(from, token, to);
    const Edit change = edit(from, to, old.segment);
    if (change.touches(old))
        return std::nullopt;
    const qsizetype place = old.begin >= change.end ? old.begin + change.shift : old.begin;
    const int found = tokenNear(to, old.segment, place);
    if (found < 0 || place < at(to, found).begin || place >= at(to, found).end)
        return std::nullopt;
    return found;
}

int nearestToken(const Encoding &from, int token, const Encoding &to)
{
    if (!contains(from, token) || to.tokens.empty())
        return -1;
    if (const std::optional<int> found = followedToken(from, token, to))
        return *found;
    const Token &old = at(from, token);
    const int found =
        old.special ? -1 : tokenNear(to, old.segment, edit(from, to, old.segment).moved(old.begin));
    return found >= 0 ? found : std::min(token, static_cast<int>(to.tokens.size()) - 1);
}

std::set<int> followedTokens(const Encoding &from, const std::set<int> &tokens, const Encoding &to)
{
    std::set<int> followed;
    for (const int token : tokens) {
        if (const std::optional<int> found = followedToken(from, token, to))
            followed.insert(*found);
    }
    return followed;
}

} // namespace encoderscope
