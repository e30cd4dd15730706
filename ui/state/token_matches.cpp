// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/token_matches.h"

#include "ui/state/reference.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

using Kind = ReferenceChoice::Kind;

bool same(const TextPair &a, const TextPair &b)
{
    return a.a == b.a && a.b == b.b;
}

/// False when the edit touched the characters of an anchor that is there.
bool move(std::optional<TokenAnchor> &anchor, const TextPair &from, const TextPair &to)
{
    if (!anchor || same(from, to))
        return true;
    anchor = movedAnchor(*anchor, from, to);
    return anchor.has_value();
}

TextPair referenceSentences(const SessionState &state, const ReferenceChoice &reference)
{
    if (reference.kind == Kind::sentenceB)
        return {state.input.textB.value_or(QString()), {}};
    if (reference.kind == Kind::pinned) {
        const PinnedRun *run = pinnedRun(state, reference.name);
        return run ? run->input.sentences() : TextPair();
    }
    return state.input.sentences();
}

} // namespace

MatchTexts matchTexts(const SessionState &state, const ReferenceChoice &reference)
{
    return {state.input.sentences(), referenceSentences(state, reference)};
}

std::vector<TokenPair> correctionsOf(const std::vector<TokenMatch> &matches, const ReferenceChoice &reference,
                                     const Encoding &now, const Encoding &other)
{
    std::vector<TokenPair> pairs;
    for (const TokenMatch &match : matches) {
        if (match.reference != reference)
            continue;
        const auto tokens = [](const Encoding &encoding, const std::optional<TokenAnchor> &anchor) {
            return anchor ? tokensAt(encoding, *anchor) : std::set<int>{-1};
        };
        const std::set<int> there = tokens(other, match.other);
        for (const int token : tokens(now, match.now)) {
            for (const int partner : there)
                pairs.push_back({token, partner});
        }
    }
    return pairs;
}

std::vector<TokenMatch> withMatch(std::vector<TokenMatch> matches, const TokenMatch &match, bool ofReference)
{
    std::erase_if(matches, [&](const TokenMatch &before) {
        if (before.reference != match.reference)
            return false;
        const bool ofNow = match.now && before.now == match.now;
        const bool ofOther = match.other && before.other == match.other;
        return ofReference ? ofOther || (ofNow && !before.other) : ofNow || (ofOther && !before.now);
    });
    if (matches.size() >= most_matches)
        matches.erase(matches.begin());
    matches.push_back(match);
    return matches;
}

std::vector<TokenMatch> withoutMatches(std::vector<TokenMatch> matches, const ReferenceChoice &reference)
{
    std::erase_if(matches, [&](const TokenMatch &match) { return match.reference == reference; });
    return matches;
}

bool hasMatches(const std::vector<TokenMatch> &matches, const ReferenceChoice &reference)
{
    return std::any_of(matches.begin(), matches.end(),
                       [&](const TokenMatch &match) { return match.reference == reference; });
}

std::optional<TokenMatch> movedMatch(const TokenMatch &match, const MatchTexts &from, const MatchTexts &to)
{
    TokenMatch moved = match;
    const bool there = move(moved.now, from.now, to.now) && move(moved.other, from.other, to.other);
    return there ? std::optional(moved) : std::nullopt;
}

std::vector<TokenMatch> movedMatches(const std::vector<TokenMatch> &matches, const SessionState &from,
                                     const SessionState &to)
{
    std::vector<TokenMatch> moved;
    for (const TokenMatch &match : matches) {
        if (const std::optional<TokenMatch> there =
                movedMatch(match, matchTexts(from, match.reference), matchTexts(to, match.reference)))
            moved.push_back(*there);
    }
    return moved;
}

} // namespace encoderscope
