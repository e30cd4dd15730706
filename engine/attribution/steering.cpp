// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/steering.h"

#include "engine/error.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

RowVector state_of(const Trace &trace, int layer, std::optional<int> token)
{
    if (layer < 0 || layer >= trace.layers())
        throw Error(QCoreApplication::translate("Attribution", "There is no layer %1: the model has %2.")
                        .arg(layer + 1)
                        .arg(trace.layers()));
    if (!token)
        return trace.hidden(layer).colwise().mean();
    if (*token < 0 || *token >= trace.tokens())
        throw Error(
            QCoreApplication::translate("Attribution", "There is no token %1: the input has tokens 0 to %2.")
                .arg(*token)
                .arg(trace.tokens() - 1));
    return trace.hidden(layer).row(*token);
}

} // namespace

RowVector steering_direction(const Trace &now, const Trace &reference, int layer,
                             const std::optional<SteeringTokens> &tokens)
{
    const RowVector to = state_of(now, layer, tokens ? std::optional(tokens->now) : std::nullopt);
    const RowVector from =
        state_of(reference, layer, tokens ? std::optional(tokens->reference) : std::nullopt);
    if (to.size() != from.size())
        throw Error(QCoreApplication::translate("Attribution",
                                                "The hidden states have %1 numbers here and %2 in the "
                                                "reference: they have no difference.")
                        .arg(to.size())
                        .arg(from.size()));
    return to - from;
}

} // namespace encoderscope
