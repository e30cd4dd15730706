// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/token.h"

#include <compare>
#include <optional>
#include <set>

namespace encoderscope
{

/// What names a token whatever is typed around it and however the text is cut into tokens: the characters
/// that it stands for, or, for one that the tokenizer adds, which of those it is.
struct TokenAnchor {
    int segment = 0;     ///< 0 = sentence A, 1 = sentence B
    qsizetype begin = 0; ///< characters [begin, end) of that sentence, in UTF-16 units
    qsizetype end = 0;
    int part = 0;     ///< of several tokens for exactly these characters: which, from 0
    int special = -1; ///< from 0: which of the added specials ([CLS], [SEP], ...); then the others are 0

    auto operator<=>(const TokenAnchor &) const = default;
};

using TokenAnchors = std::set<TokenAnchor>;

/// The anchor of a token of `encoding`.
TokenAnchor anchorOf(const Encoding &encoding, int token);

/// The tokens that stand for the anchor's characters: one, or several where the text is cut finer; none where
/// the text was cut off before them.
std::set<int> tokensAt(const Encoding &encoding, const TokenAnchor &anchor);
std::set<int> tokensAt(const Encoding &encoding, const TokenAnchors &anchors);

/// The first of those, else the token nearest to them; -1 only when there are no tokens.
int tokenNear(const Encoding &encoding, const TokenAnchor &anchor);

/// The two sentences that anchors count the characters of.
struct TextPair {
    QString a;
    QString b; ///< null or empty: there are no characters in it
};

/// Where an anchor's characters are after an edit; nothing when the edit touched them. The edit is taken to
/// have replaced one stretch of each sentence.
std::optional<TokenAnchor> movedAnchor(const TokenAnchor &anchor, const TextPair &from, const TextPair &to);
TokenAnchors movedAnchors(const TokenAnchors &anchors, const TextPair &from, const TextPair &to);
/// The same, but the character nearest to those that the edit touched.
TokenAnchor nearestAnchor(const TokenAnchor &anchor, const TextPair &from, const TextPair &to);

} // namespace encoderscope
