// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/compared_trace.h"

#include <utility>

namespace encoderscope
{

AlignedRuns::AlignedRuns(TokenAlignment alignment)
    : TokenAlignment(std::move(alignment))
    , in_reference(partners(*this))
    , in_now(partners(transposed(*this)))
{
}

ComparedTrace aligned(ComparedTrace compared, const std::vector<TokenPair> &corrections,
                      const std::stop_token &stop)
{
    if (!compared.acrossRuns())
        compared.alignment.reset();
    else if (!compared.alignment)
        compared.alignment = std::make_shared<const AlignedRuns>(
            align_tokens(compared.now->encoding(), compared.before->encoding(), corrections, stop));
    return compared;
}

namespace
{

int partnerAmong(const std::vector<int> &partners, int token)
{
    return token >= 0 && token < static_cast<int>(partners.size()) ? partners[static_cast<std::size_t>(token)]
                                                                   : -1;
}

} // namespace

int referenceToken(const ComparedTrace &compared, int token)
{
    return compared.alignment ? partnerAmong(compared.alignment->in_reference, token) : token;
}

int nowToken(const ComparedTrace &compared, int token)
{
    return compared.alignment ? partnerAmong(compared.alignment->in_now, token) : token;
}

} // namespace encoderscope
