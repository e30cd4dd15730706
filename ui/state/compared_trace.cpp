// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/compared_trace.h"

#include <algorithm>

namespace encoderscope
{

ComparedTrace aligned(ComparedTrace compared, const std::vector<TokenPair> &corrections,
                      const std::stop_token &stop)
{
    if (!compared.acrossRuns())
        compared.alignment.reset();
    else if (!compared.alignment)
        compared.alignment = std::make_shared<const TokenAlignment>(
            align_tokens(compared.now->encoding(), compared.before->encoding(), corrections, stop));
    return compared;
}

namespace
{

/// The member of `to` that stands where `token` does among `from`; -1 when the units have none.
int partnerOf(const TokenAlignment &alignment, std::vector<int> AlignedTokens::*from,
              std::vector<int> AlignedTokens::*to, int token)
{
    for (const AlignedTokens &unit : alignment.units) {
        const std::vector<int> &own = unit.*from;
        const auto found = std::find(own.begin(), own.end(), token);
        if (found == own.end())
            continue;
        const std::vector<int> &others = unit.*to;
        const auto place = static_cast<std::size_t>(found - own.begin());
        return others.empty() ? -1 : others[std::min(place, others.size() - 1)];
    }
    return -1;
}

} // namespace

int referenceToken(const ComparedTrace &compared, int token)
{
    return compared.alignment
               ? partnerOf(*compared.alignment, &AlignedTokens::now, &AlignedTokens::reference, token)
               : token;
}

int nowToken(const ComparedTrace &compared, int token)
{
    return compared.alignment
               ? partnerOf(*compared.alignment, &AlignedTokens::reference, &AlignedTokens::now, token)
               : token;
}

} // namespace encoderscope
