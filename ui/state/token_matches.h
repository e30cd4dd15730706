// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/token_alignment.h"
#include "ui/state/session_state.h"

namespace encoderscope
{

// Which tokens of the run and of its reference the user put together, where they are aligned otherwise.

/// The most that are kept, of all references together.
constexpr std::size_t most_matches = 1000;

/// The sentences that the anchors of a match count the characters of.
struct MatchTexts {
    TextPair now, other;
};
MatchTexts matchTexts(const SessionState &state, const ReferenceChoice &reference);

/// Those of `matches` that were made for that reference, as tokens of both inputs. Characters that no token
/// stands for (the text was cut off before them) are left out.
std::vector<TokenPair> correctionsOf(const std::vector<TokenMatch> &matches, const ReferenceChoice &reference,
                                     const Encoding &now, const Encoding &other);

/// With `match`, which replaces what was said before of its token of the run, or, with `ofReference`, of its
/// token of the reference; and of both that they have no partner.
std::vector<TokenMatch> withMatch(std::vector<TokenMatch> matches, const TokenMatch &match, bool ofReference);

/// Aligned automatically again: without those made for that reference.
std::vector<TokenMatch> withoutMatches(std::vector<TokenMatch> matches, const ReferenceChoice &reference);
bool hasMatches(const std::vector<TokenMatch> &matches, const ReferenceChoice &reference);

/// Where it is in the sentences `to`, which were `from`; nothing when an edit touched its characters.
std::optional<TokenMatch> movedMatch(const TokenMatch &match, const MatchTexts &from, const MatchTexts &to);
std::vector<TokenMatch> movedMatches(const std::vector<TokenMatch> &matches, const SessionState &from,
                                     const SessionState &to);

} // namespace encoderscope
