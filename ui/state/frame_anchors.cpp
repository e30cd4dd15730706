// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/frame_anchors.h"

#include "ui/state/token_matches.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

bool showsReference(const ComparedTrace &shown)
{
    return shown.comparison == Comparison::before;
}

int maskId(const ModelPtr &model)
{
    return model && model->tokenizer ? model->tokenizer->mask_id() : -1;
}

} // namespace

int ownToken(const ComparedTrace &shown, int shownToken)
{
    return shown && showsReference(shown) ? nowToken(shown, shownToken) : shownToken;
}

std::set<int> tokensInViews(const Frame &frame, const TokenAnchors &anchors, const TextPair &text)
{
    if (!frame)
        return {};
    const std::set<int> tokens =
        tokensAt(frame.compared.now->encoding(), movedAnchors(anchors, text, frame.state.input.sentences()));
    std::set<int> inShown;
    for (const int token : tokens)
        inShown.insert(showsReference(frame.compared) ? referenceToken(frame.compared, token) : token);
    inShown.erase(-1);
    return inShown;
}

TokenAnchors withTokenToggled(const Frame &frame, const TokenAnchors &anchors, int token,
                              const TextPair &text)
{
    const Encoding &encoding = frame.compared.now->encoding();
    const TextPair shownText = frame.state.input.sentences();
    std::set<int> tokens;
    TokenAnchors next;
    for (const TokenAnchor &anchor : anchors) {
        const auto there = movedAnchor(anchor, text, shownText);
        std::set<int> found = there ? tokensAt(encoding, *there) : std::set<int>();
        if (found.contains(token))
            tokens.merge(found);
        else
            next.insert(anchor);
    }
    if (tokens.erase(token) == 0)
        tokens.insert(token);
    for (const int one : tokens) {
        if (const auto anchor = movedAnchor(anchorOf(encoding, one), shownText, text))
            next.insert(*anchor);
    }
    return next;
}

Pinned withSelected(const Frame &frame, Pinned pinned, const Selected &selected, const TextPair &text)
{
    const Selected &before = frame.selection;
    // Only what was changed: the state may name a layer that this model does not have.
    const auto set = [](int now, int then, int &there) {
        if (now != then)
            there = now;
    };
    set(selected.layer, before.layer, pinned.layer);
    set(selected.head, before.head, pinned.head);
    set(selected.dimension, before.dimension, pinned.dimension);
    set(selected.neuron, before.neuron, pinned.neuron);
    const auto setToken = [&](int now, int then, std::optional<TokenAnchor> &there) {
        if (now == then || !frame)
            return;
        const int token = ownToken(frame.compared, now);
        if (now >= 0 && token < 0)
            return; // only the reference has it
        there.reset();
        if (token >= 0 && token < frame.compared.now->tokens())
            there = nearestAnchor(anchorOf(frame.compared.now->encoding(), token),
                                  frame.state.input.sentences(), text);
    };
    setToken(selected.query, before.query, pinned.query);
    setToken(selected.key, before.key, pinned.key);
    return pinned;
}

std::optional<TokenMatch> matchOf(const Frame &frame, const TokenPair &tokens, const SessionState &state)
{
    const ComparedTrace &compared = frame.compared;
    const auto in = [](int token, const TracePtr &trace) { return token >= -1 && token < trace->tokens(); };
    if (!compared || !compared.alignment || frame.state.reference != state.reference ||
        !in(tokens.now, compared.now) || !in(tokens.reference, compared.before) ||
        (tokens.now < 0 && tokens.reference < 0))
        return std::nullopt;
    const auto list = [](int token) { return token < 0 ? std::vector<int>() : std::vector<int>{token}; };
    const std::vector<AlignedTokens> &units = compared.alignment->units;
    const auto asItIs = [&](const AlignedTokens &unit) {
        return unit.now == list(tokens.now) && unit.reference == list(tokens.reference);
    };
    if (std::any_of(units.begin(), units.end(), asItIs))
        return std::nullopt;
    TokenMatch match{.reference = state.reference};
    if (tokens.now >= 0)
        match.now = anchorOf(compared.now->encoding(), tokens.now);
    if (tokens.reference >= 0)
        match.other = anchorOf(compared.before->encoding(), tokens.reference);
    const auto texts = [](const TracePtr &trace) {
        return TextPair{trace->encoding().text, trace->encoding().text_b};
    };
    return movedMatch(match, {texts(compared.now), texts(compared.before)},
                      matchTexts(state, state.reference));
}

int newMaskToken(const Frame &frame, const Trace &now, const TextPair &text)
{
    const Trace &before = *frame.compared.now;
    const TextPair textBefore = frame.state.input.sentences();
    const int id = maskId(now.model_pointer());
    TokenAnchors known;
    for (int token = 0; token < before.tokens(); ++token) {
        if (before.token(token).id == maskId(before.model_pointer()))
            known.insert(nearestAnchor(anchorOf(before.encoding(), token), textBefore, text));
    }
    for (int token = 0; id >= 0 && token < now.tokens(); ++token) {
        if (now.token(token).id == id && !known.contains(anchorOf(now.encoding(), token)))
            return token;
    }
    return -1;
}

} // namespace encoderscope
