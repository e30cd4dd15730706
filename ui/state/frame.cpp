// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/frame.h"

#include "ui/state/view_kinds.h"

#include <algorithm>

namespace encoderscope
{

const Parameters &Frame::parameters(const QString &view) const
{
    static const Parameters none;
    const auto found = state.views.find(view);
    return found == state.views.end() ? none : found->second;
}

int Frame::layerOf(const QString &view) const
{
    const int layer = chosen<int>(parameters(view), viewKind(view, QStringLiteral("layer")));
    return std::min(layer, trace().layers() - 1);
}

Selected selectionIn(const Pinned &pinned, const Trace &trace)
{
    const EncoderConfig &config = trace.config();
    const Encoding &encoding = trace.encoding();
    const auto firstWord = std::find_if(encoding.tokens.begin(), encoding.tokens.end(),
                                        [](const Token &token) { return !token.special; });
    const int first =
        firstWord == encoding.tokens.end() ? 0 : static_cast<int>(firstWord - encoding.tokens.begin());
    return {.layer = std::clamp(pinned.layer, 0, std::max(0, trace.layers() - 1)),
            .head = std::clamp(pinned.head, 0, std::max(0, trace.heads() - 1)),
            .query = pinned.query ? tokenNear(encoding, *pinned.query) : first,
            .key = pinned.key ? tokenNear(encoding, *pinned.key) : -1,
            .dimension = std::min(pinned.dimension, config.d_model - 1),
            .neuron = std::min(pinned.neuron, config.d_ff - 1)};
}

Frame frameOf(const SessionState &state, const ComparedTrace &compared, const QString &problem)
{
    Frame frame{.state = state,
                .compared = compared,
                .selection = {.layer = state.pinned.layer, .head = state.pinned.head},
                .masked = {},
                .replaced = {},
                .problem = problem};
    frame.compared.comparison = state.comparison;
    if (!compared)
        return frame;
    frame.reference = compared.now == compared.before ? ReferenceRun::none : ReferenceRun::withoutSwitches;
    frame.selection = selectionIn(state.pinned, *compared.now);
    frame.masked = compared.now->switches().masked_tokens;
    frame.replaced = tokensAt(compared.now->encoding(), state.input.replaced);
    return frame;
}

} // namespace encoderscope
