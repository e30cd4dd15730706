// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/reference.h"

#include "engine/particles.h"
#include "ui/state/token_matches.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace encoderscope
{

namespace
{

using ReferenceKind = ReferenceChoice::Kind;

struct Reference {
    Q_DECLARE_TR_FUNCTIONS(Reference)
};

/// Traces of long texts are large.
constexpr std::size_t most_kept = 3;

} // namespace

RunInput shownInput(const SessionState &state)
{
    RunInput input = state.input;
    if (state.reference.kind == ReferenceKind::sentenceB && input.textB && !input.recorded) {
        input.textB.reset();
        const auto ofB = [](const TokenAnchor &anchor) { return anchor.segment == 1; };
        std::erase_if(input.masked, ofB);
        std::erase_if(input.replaced, ofB);
    }
    return input;
}

bool comparable(const SessionState &state)
{
    return state.input.switched() || state.reference.kind != ReferenceKind::withoutSwitches;
}

const PinnedRun *pinnedRun(const SessionState &state, const QString &name)
{
    const auto found = std::find_if(state.pinnedRuns.begin(), state.pinnedRuns.end(),
                                    [&name](const PinnedRun &run) { return run.name == name; });
    return found == state.pinnedRuns.end() ? nullptr : &*found;
}

namespace
{

void pinAs(const QString &name, RunInput input, SessionState &state)
{
    if (state.pinnedRuns.size() >= most_pinned_runs)
        state = withoutRun(std::move(state), QString(state.pinnedRuns.front().name));
    state.pinnedRuns.push_back({name, std::move(input)});
    state.reference = {ReferenceKind::pinned, name};
}

} // namespace

SessionState withRunPinned(SessionState state)
{
    if (!state.input.model)
        return state;
    int number = 1;
    QString name;
    do
        name = Reference::tr("Run %1").arg(number++);
    while (pinnedRun(state, name));
    pinAs(name, shownInput(state), state);
    return state;
}

SessionState withTracePinned(SessionState state, const QString &path)
{
    const QFileInfo file(path);
    RunInput input;
    input.reference = {ModelReference::Kind::trace, file.absoluteFilePath(), {}};
    // The numbers that tell runs of one name apart need room, too.
    const QString own = file.completeBaseName().trimmed().left(longest_run_name - 4);
    QString name = own;
    for (int number = 2; name.isEmpty() || pinnedRun(state, name); ++number)
        name = QStringLiteral("%1 %2").arg(own).arg(number);
    pinAs(name.trimmed(), std::move(input), state);
    return state;
}

SessionState withRunRenamed(SessionState state, const QString &name, const QString &to)
{
    const QString wanted = to.trimmed().left(longest_run_name);
    if (wanted.isEmpty() || pinnedRun(state, wanted))
        return state;
    for (PinnedRun &run : state.pinnedRuns) {
        if (run.name == name)
            run.name = wanted;
    }
    const auto rename = [&](ReferenceChoice &choice) {
        if (choice.kind == ReferenceKind::pinned && choice.name == name)
            choice.name = wanted;
    };
    rename(state.reference);
    for (TokenMatch &match : state.matches)
        rename(match.reference);
    return state;
}

SessionState withoutRun(SessionState state, const QString &name)
{
    std::erase_if(state.pinnedRuns, [&name](const PinnedRun &run) { return run.name == name; });
    state.matches = withoutMatches(std::move(state.matches), {ReferenceKind::pinned, name});
    if (state.reference.kind == ReferenceKind::pinned && state.reference.name == name)
        state.reference = {};
    return state;
}

namespace
{

/// B as a sentence by itself: what is anchored in it belongs to the only sentence.
RunInput ofSentenceB(RunInput input)
{
    input.text = input.textB.value_or(QString());
    input.textB.reset();
    for (TokenAnchors *anchors : {&input.masked, &input.replaced}) {
        TokenAnchors moved;
        for (TokenAnchor anchor : *anchors) {
            if (anchor.special >= 0 || anchor.segment == 0)
                continue;
            anchor.segment = 0;
            moved.insert(anchor);
        }
        *anchors = std::move(moved);
    }
    return input;
}

} // namespace

ReferenceRunOf wantedReference(const SessionState &state, const ModelPtr &stepBefore,
                               const std::vector<std::pair<ModelReference, QString>> &lacking)
{
    ReferenceRunOf run{.choice = state.reference};
    const RunInput &now = state.input;
    if (run.choice.kind != ReferenceKind::withoutSwitches && run.choice.kind != ReferenceKind::pinned &&
        now.recorded) {
        run.problem = Reference::tr("This run was recorded: only another run can be compared with it.");
        return run;
    }
    switch (run.choice.kind) {
    case ReferenceKind::withoutSwitches:
        break;
    case ReferenceKind::sentenceB:
        if (now.textB && !now.textB->trimmed().isEmpty())
            run.input = ofSentenceB(now);
        else
            run.problem = Reference::tr("There is no sentence B to compare with.");
        break;
    case ReferenceKind::beforeMasking:
        run.input = now;
        run.input->replaced.clear();
        if (now.replaced.empty())
            run.problem = Reference::tr("No token is replaced by the mask token: there is nothing to compare "
                                        "with. Double-click a word.");
        break;
    case ReferenceKind::stepBefore:
        run.input = now;
        run.input->model = stepBefore;
        if (!stepBefore)
            run.problem = Reference::tr("No earlier training step of this model has been shown.");
        break;
    case ReferenceKind::pinned: {
        const PinnedRun *pinned = pinnedRun(state, run.choice.name);
        if (!pinned) {
            run.problem =
                withParticles(Reference::tr("There is no run “%1” to compare with.").arg(run.choice.name));
            break;
        }
        run.input = pinned->input;
        if (!run.input->model) {
            const auto found = std::find_if(lacking.begin(), lacking.end(), [&](const auto &one) {
                return one.first == pinned->input.reference;
            });
            run.problem = found == lacking.end()
                              ? Reference::tr("The model of “%1” is being opened…").arg(run.choice.name)
                              : Reference::tr("The model of “%1” was not opened: %2")
                                    .arg(run.choice.name, found->second);
        }
        break;
    }
    }
    if (!run.problem.isEmpty())
        run.input.reset();
    return run;
}

ReferenceRunOf KeptReferences::known(ReferenceRunOf run) const
{
    const auto found = std::find_if(kept_.begin(), kept_.end(),
                                    [&run](const ReferenceRunOf &kept) { return kept.input == run.input; });
    if (found != kept_.end()) {
        run.trace = found->trace;
        run.marks = found->marks;
        run.modelHash = found->modelHash;
    }
    return run;
}

void KeptReferences::keep(const ReferenceRunOf &run)
{
    if (!run.input || !run.trace)
        return;
    kept_.remove_if([&run](const ReferenceRunOf &kept) { return kept.input == run.input; });
    kept_.push_front(run);
    if (kept_.size() > most_kept)
        kept_.pop_back();
}

} // namespace encoderscope
