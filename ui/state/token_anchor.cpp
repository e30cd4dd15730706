// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/token_anchor.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

bool added(const Token &token)
{
    return token.special && token.begin == token.end;
}

bool same(const Token &token, const TokenAnchor &anchor)
{
    return !added(token) && token.segment == anchor.segment && token.begin == anchor.begin &&
           token.end == anchor.end;
}

/// The one stretch of a sentence that an edit replaced.
struct Edit {
    qsizetype begin = 0;
    qsizetype end = 0;   ///< in the old sentence
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

    bool touches(const TokenAnchor &anchor) const { return anchor.begin < end && anchor.end > begin; }
    qsizetype moved(qsizetype place) const { return place >= end ? place + shift : std::min(place, begin); }
};

Edit editOf(const TokenAnchor &anchor, const TextPair &from, const TextPair &to)
{
    return anchor.segment == 0 ? Edit(from.a, to.a) : Edit(from.b, to.b);
}

} // namespace

TokenAnchor anchorOf(const Encoding &encoding, int token)
{
    const auto here = encoding.tokens.begin() + token;
    if (added(*here))
        return {.special = static_cast<int>(std::count_if(encoding.tokens.begin(), here, added))};
    TokenAnchor anchor{.segment = here->segment, .begin = here->begin, .end = here->end};
    anchor.part = static_cast<int>(std::count_if(
        encoding.tokens.begin(), here, [&anchor](const Token &other) { return same(other, anchor); }));
    return anchor;
}

std::set<int> tokensAt(const Encoding &encoding, const TokenAnchor &anchor)
{
    std::vector<int> exact;
    std::set<int> overlapping;
    int specials = 0;
    for (std::size_t i = 0; i < encoding.tokens.size(); ++i) {
        const Token &token = encoding.tokens[i];
        const int index = static_cast<int>(i);
        if (added(token)) {
            if (specials++ == anchor.special)
                return {index};
        } else if (anchor.special < 0 && token.segment == anchor.segment) {
            if (same(token, anchor))
                exact.push_back(index);
            if (token.begin < anchor.end && token.end > anchor.begin)
                overlapping.insert(index);
        }
    }
    if (anchor.part < static_cast<int>(exact.size()))
        return {exact[static_cast<std::size_t>(anchor.part)]};
    return overlapping;
}

std::set<int> tokensAt(const Encoding &encoding, const TokenAnchors &anchors)
{
    std::set<int> tokens;
    for (const TokenAnchor &anchor : anchors)
        tokens.merge(tokensAt(encoding, anchor));
    return tokens;
}

int tokenNear(const Encoding &encoding, const TokenAnchor &anchor)
{
    const std::set<int> found = tokensAt(encoding, anchor);
    if (!found.empty())
        return *found.begin();
    int best = -1;
    qsizetype distance = 0;
    for (std::size_t i = 0; i < encoding.tokens.size(); ++i) {
        const Token &token = encoding.tokens[i];
        if (added(token) != (anchor.special >= 0))
            continue;
        const qsizetype away = anchor.special >= 0
                                   ? -static_cast<qsizetype>(i) // the last special
                                   : std::abs(token.begin - anchor.begin) +
                                         (token.segment == anchor.segment ? 0 : anchor.end + token.end);
        if (best < 0 || away < distance) {
            best = static_cast<int>(i);
            distance = away;
        }
    }
    return best < 0 ? static_cast<int>(encoding.tokens.size()) - 1 : best;
}

std::optional<TokenAnchor> movedAnchor(const TokenAnchor &anchor, const TextPair &from, const TextPair &to)
{
    if (anchor.special >= 0)
        return anchor;
    const Edit edit = editOf(anchor, from, to);
    if (edit.touches(anchor))
        return std::nullopt;
    if (anchor.begin < edit.end)
        return anchor;
    TokenAnchor moved = anchor;
    moved.begin += edit.shift;
    moved.end += edit.shift;
    return moved;
}

TokenAnchors movedAnchors(const TokenAnchors &anchors, const TextPair &from, const TextPair &to)
{
    TokenAnchors moved;
    for (const TokenAnchor &anchor : anchors) {
        if (const std::optional<TokenAnchor> there = movedAnchor(anchor, from, to))
            moved.insert(*there);
    }
    return moved;
}

TokenAnchor nearestAnchor(const TokenAnchor &anchor, const TextPair &from, const TextPair &to)
{
    if (const std::optional<TokenAnchor> there = movedAnchor(anchor, from, to))
        return *there;
    const qsizetype place = editOf(anchor, from, to).moved(anchor.begin);
    return {.segment = anchor.segment, .begin = place, .end = place + 1};
}

} // namespace encoderscope
