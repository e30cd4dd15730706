// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/token.h"

#include <stop_token>
#include <vector>

namespace encoderscope
{

/// Tokens of one input that stand for certain tokens of another. Mostly one and one; several where the same
/// characters are cut in other ways ("cats" and "c a t s"). One side is empty for a token without a partner.
struct AlignedTokens {
    std::vector<int> now;
    std::vector<int> reference;
    bool same =
        false; ///< the same characters, or both are added specials; false: one in the place of the other

    bool matched() const { return !now.empty() && !reference.empty(); }
    bool operator==(const AlignedTokens &) const = default;
};

/// Which tokens of two inputs belong together. Each token stands in exactly one of the units, which are in
/// the order of `now`; what only the reference has stands before what follows it there.
struct TokenAlignment {
    std::vector<AlignedTokens> units;
    int now_tokens = 0;
    int reference_tokens = 0;

    bool operator==(const TokenAlignment &) const = default;
};

/// Two tokens that the user puts together; one of them -1: the other one has no partner.
struct TokenPair {
    int now = -1;
    int reference = -1;

    bool operator==(const TokenPair &) const = default;
};

/// Aligns by characters. Of equal texts each character is its own partner. Else the words of a longest common
/// subsequence are (upper and lower case count as one), and what lies between two of them on both sides:
/// where it has as many words, they stand for each other one by one if no more of them differ than are common
/// to the texts, or half of them are half the same. Of such a pair of words the first and last characters are
/// partners as far as they agree, and what is left of both stands for each other. Tokens that share partners
/// belong together, one by one where there are as many. Added specials go by their place. A and B are
/// compared with A and B; with a single sentence, the one that is the same, else both in turn. `corrections`
/// override: a token that they name has the partners that they give and no others. Their words count as
/// common ones for what lies between them, but for those that are put together across other common words:
/// these keep their partners. Throws Error when a correction names a token that does not exist. Aligning the
/// other way round gives the same partners. A stopped computation returns no units.
TokenAlignment align_tokens(const Encoding &now, const Encoding &reference,
                            const std::vector<TokenPair> &corrections = {}, const std::stop_token &stop = {});

/// The same the other way round; units stay in the order of what was `now`.
TokenAlignment transposed(TokenAlignment alignment);

/// One token of the reference for each token, -1 for none: of several the first for the first, and so on, the
/// last one for all that are left [now_tokens].
std::vector<int> partners(const TokenAlignment &alignment);

} // namespace encoderscope
