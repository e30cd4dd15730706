// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/history.h"

#include "ui/state/reference.h"
#include "ui/state/token_matches.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr std::size_t most_steps = 1000;

void moveTokens(SessionState &state, const TextPair &from)
{
    const TextPair to = state.input.sentences();
    for (std::optional<TokenAnchor> *pinned : {&state.pinned.query, &state.pinned.key}) {
        if (*pinned)
            *pinned = nearestAnchor(**pinned, from, to);
    }
    if (state.target)
        state.target = movedChoice(*state.target, from, to);
}

} // namespace

void History::push(const SessionState &before, const QString &description, bool whole)
{
    undone_.clear();
    done_.push_back({before, description, whole});
    if (done_.size() > most_steps)
        done_.erase(done_.begin());
}

void History::clear()
{
    done_.clear();
    undone_.clear();
}

SessionState History::swap(Steps &from, Steps &to, const SessionState &current)
{
    const Step step = std::move(from.back());
    from.pop_back();
    to.push_back({current, step.description, step.whole});
    if (step.whole)
        return step.state;
    SessionState next = current;
    next.input = step.state.input;
    moveTokens(next, current.input.sentences());
    next.target = step.state.target;
    next.pinnedRuns = step.state.pinnedRuns;
    next.reference = step.state.reference;
    next.matches = step.state.matches;
    if (!comparable(next))
        next.comparison = Comparison::now;
    return next;
}

void History::replaceModel(const ModelPtr &from, const ModelPtr &to)
{
    for (Steps *steps : {&done_, &undone_}) {
        for (Step &step : *steps) {
            if (step.state.input.model == from)
                step.state.input.model = to;
        }
    }
}

void History::attachModel(const ModelReference &reference, const ModelPtr &model)
{
    for (Steps *steps : {&done_, &undone_}) {
        for (Step &step : *steps) {
            if (!step.state.input.model && step.state.input.reference == reference)
                step.state.input.model = model;
        }
    }
}

void History::attachPinned(const ModelReference &reference, const ModelPtr &model, const TracePtr &recorded)
{
    for (Steps *steps : {&done_, &undone_}) {
        for (Step &step : *steps)
            withPinnedModel(step.state, reference, model, recorded);
    }
}

bool withPinnedModel(SessionState &state, const ModelReference &reference, const ModelPtr &model,
                     const TracePtr &recorded)
{
    bool some = false;
    for (PinnedRun &run : state.pinnedRuns) {
        if (run.input.model || run.input.reference != reference)
            continue;
        if (recorded)
            run.input = recordedInput(recorded);
        run.input.model = model;
        some = true;
    }
    return some;
}

SessionState withTexts(const SessionState &state, const QString &text, const std::optional<QString> &textB)
{
    SessionState next = state;
    const TextPair from = state.input.sentences();
    next.input.text = text;
    next.input.textB = textB;
    const TextPair to = next.input.sentences();
    next.input.masked = movedAnchors(next.input.masked, from, to);
    next.input.replaced = movedAnchors(next.input.replaced, from, to);
    next.matches = movedMatches(state.matches, state, next);
    moveTokens(next, from);
    return next;
}

bool TypedStretch::goesOn(int sentence, const QString &before, const QString &after)
{
    const auto firstChange =
        std::mismatch(before.begin(), before.end(), after.begin(), after.end()).first - before.begin();
    const qsizetype grown = after.size() - before.size();
    const bool inserted = grown > 0 && before.mid(firstChange) == after.mid(firstChange + grown);
    const bool removed = grown < 0 && before.mid(firstChange - grown) == after.mid(firstChange);
    bool same = sentence == sentence_ && (inserted || removed) && inserted == inserts_;
    if (inserted) {
        const QString typed = after.mid(firstChange, grown);
        const bool pasted = typed.size() > 2 && typed.contains(QLatin1Char(' '));
        const bool newWord = firstChange > 0 && before[firstChange - 1].isSpace() && !typed.front().isSpace();
        same = same && firstChange == place_ && !newWord && !pasted;
        place_ = firstChange + grown;
    } else if (removed) {
        // backwards, or forwards from the same place
        same = same && (firstChange - grown == place_ || firstChange == place_);
        place_ = firstChange;
    }
    sentence_ = inserted || removed ? sentence : -1;
    inserts_ = inserted;
    return same;
}

} // namespace encoderscope
