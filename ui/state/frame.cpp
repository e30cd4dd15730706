// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/frame.h"

#include "ui/state/token_matches.h"
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

namespace
{

/// What is pinned in the run, in the run to show: another one may have other tokens and fewer layers.
Selected inShownRun(const Selected &selected, const ComparedTrace &compared)
{
    if (compared.comparison != Comparison::before || !compared.acrossRuns())
        return selected;
    const Trace &shown = *compared.before;
    Selected moved = selected;
    const auto token = [&](int one) {
        for (int near = one; near >= 0; --near) {
            if (const int found = referenceToken(compared, near); found >= 0)
                return std::min(found, shown.tokens() - 1);
        }
        return one < 0 ? -1 : 0;
    };
    moved.layer = std::clamp(moved.layer, 0, std::max(0, shown.layers() - 1));
    moved.head = std::clamp(moved.head, 0, std::max(0, shown.heads() - 1));
    moved.query = token(moved.query);
    moved.key = token(moved.key);
    moved.dimension = std::min(moved.dimension, shown.config().d_model - 1);
    moved.neuron = std::min(moved.neuron, shown.config().d_ff - 1);
    return moved;
}

} // namespace

Frame comparedAs(const Frame &frame, Comparison comparison)
{
    Frame other = frame;
    other.state.comparison = other.compared.comparison = comparison;
    if (other.compared)
        other.selection = inShownRun(selectionIn(frame.state.pinned, *frame.compared.now), other.compared);
    return other;
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
    if (!frame.compared.before)
        frame.compared.before = compared.now;
    if (!frame.compared.alignment && frame.compared.acrossRuns()) {
        const std::vector<TokenPair> corrections =
            correctionsOf(state.matches, state.reference, frame.compared.now->encoding(),
                          frame.compared.before->encoding());
        frame.compared = aligned(std::move(frame.compared), corrections);
    }
    frame.reference =
        compared.now == frame.compared.before ? ReferenceRun::none : ReferenceRun::withoutSwitches;
    frame.selection = inShownRun(selectionIn(state.pinned, *compared.now), frame.compared);
    const bool another = frame.compared.comparison == Comparison::before && frame.compared.acrossRuns();
    frame.masked = (another ? frame.compared.before : compared.now)->switches().masked_tokens;
    if (!another)
        frame.replaced = tokensAt(compared.now->encoding(), state.input.replaced);
    return frame;
}

} // namespace encoderscope
