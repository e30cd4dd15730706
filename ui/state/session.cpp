// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/session.h"

#include "engine/model/default_model.h"
#include "engine/particles.h"
#include "ui/state/frame_anchors.h"
#include "ui/state/switch_edits.h"
#include "ui/state/token_matches.h"
#include "ui/state/view_kinds.h"

#include <algorithm>
#include <utility>

namespace encoderscope
{

using namespace std::chrono_literals;

namespace
{

/// A run of another model that takes longer than this takes the pictures of the model before away.
constexpr auto long_run = 300ms;

} // namespace

Session::Session(QObject *parent)
    : QObject(parent)
    , runs_([this](const Result<RunResult> &result) {
        RunResult failed;
        failed.generation = generation_;
        failed.input = state_.input;
        failed.problem = result.problem();
        accept(result ? *result : failed);
    })
{
    state_.input.model = default_model();
    showNothing();
    otherModel_.setSingleShot(true);
    connect(&otherModel_, &QTimer::timeout, this, [this] {
        if (busy() && shown() && shown().now->model_pointer() != state_.input.model) {
            showNothing();
            Q_EMIT frameChanged();
        }
    });
    connect(&selection_, &Selection::pinAsked, this, &Session::pin);
}

QString Session::textB() const
{
    if (!state_.input.textB)
        return {};
    return state_.input.textB->isNull() ? QStringLiteral("") : *state_.input.textB;
}

qsizetype Session::longestText() const
{
    // As many as 512 long words have, or so many tokens of usual ones: a line edit lays all of them out anew
    // at every key.
    constexpr qsizetype few = 8192;
    constexpr qsizetype perToken = 5;
    constexpr int without = 4096; // tokens, of a model without a limit
    const int tokens = model() && model()->config.max_positions > 0 ? model()->config.max_positions : without;
    return std::max(few, perToken * tokens);
}

/// What of it the model can use.
QString Session::usable(const QString &text)
{
    qsizetype length = longestText();
    if (text.size() <= length)
        return text;
    if (text[length - 1].isHighSurrogate())
        --length;
    Q_EMIT textLeftOut(length, text.size());
    return text.left(length);
}

void Session::edit(SessionState next, const QString &description)
{
    next.input.switches = trimmed(std::move(next.input.switches));
    if (state_.input.recorded && next.input.recorded == state_.input.recorded &&
        std::exchange(next.input, state_.input) != state_.input)
        Q_EMIT unchangeable();
    if (next.matches == state_.matches)
        next.matches = movedMatches(state_.matches, state_, next);
    if (next.input != state_.input || next.target != state_.target || next.reference != state_.reference ||
        next.matches != state_.matches || next.pinnedRuns != state_.pinnedRuns) {
        history_.push(state_, description);
        typed_.end();
    }
    become(std::move(next));
}

void Session::replace(SessionState next, const QString &description)
{
    if (next == state_)
        return;
    history_.push(state_, description, true);
    typed_.end();
    become(std::move(next));
}

void Session::begin(SessionState state)
{
    become(std::move(state));
    history_.clear();
    typed_.end();
    Q_EMIT stateChanged();
}

void Session::undo()
{
    if (!history_.canUndo())
        return;
    typed_.end();
    become(history_.undo(state_));
}

void Session::redo()
{
    if (!history_.canRedo())
        return;
    typed_.end();
    become(history_.redo(state_));
}

void Session::become(SessionState next)
{
    if (!comparable(next))
        next.comparison = Comparison::now;
    if (next == state_)
        return;
    const bool otherRun = next.input != state_.input || next.reference != state_.reference ||
                          next.pinnedRuns != state_.pinnedRuns || next.matches != state_.matches;
    const bool otherModel = next.input.model != state_.input.model;
    state_ = std::move(next);
    Q_EMIT stateChanged();
    if (otherRun)
        run();
    else
        show(*frame_);
    if (otherModel && busy())
        otherModel_.start(long_run);
}

void Session::setText(const QString &text)
{
    setTexts(text, textB(), tr("Typing"));
}

void Session::setTextB(const QString &text)
{
    setTexts(state_.input.text, text, tr("Sentence B"));
}

void Session::setTexts(const QString &all, const QString &allB, const QString &description)
{
    const QString text = usable(all);
    const std::optional<QString> second = allB.isNull() ? std::nullopt : std::optional(usable(allB));
    const bool otherA = text != state_.input.text;
    if (!otherA && second == state_.input.textB)
        return;
    if (state_.input.recorded) {
        Q_EMIT stateChanged(); // edits show the sentence again
        Q_EMIT unchangeable();
        return;
    }
    const bool onlyB = !otherA && second && state_.input.textB;
    const bool onlyA = otherA && second == state_.input.textB;
    bool goesOn = false;
    if (onlyA)
        goesOn = typed_.goesOn(0, state_.input.text, text);
    else if (onlyB)
        goesOn = typed_.goesOn(1, *state_.input.textB, *second);
    else
        typed_.end();
    if (!goesOn)
        history_.push(state_, description);
    become(withTexts(state_, text, second));
    maskEdit_ = generation_;
}

void Session::setTokenization(Tokenization tokenization)
{
    SessionState next = state_;
    next.input.tokenization = tokenization;
    edit(std::move(next), tr("Pieces"));
}

void Session::setModel(const ModelPtr &model, const QString &text)
{
    if (model == state_.input.model)
        return;
    SessionState next = text.isNull() ? state_ : withTexts(state_, text, std::nullopt);
    RunInput &input = next.input;
    // Switches of one model mean nothing in another.
    if (std::exchange(input.recorded, nullptr)) {
        input.switches = {};
    } else if (!input.model || model->config != input.model->config)
        input.switches = input.model ? Switches() : fittingSwitches(input.switches, model->config);
    input.model = model;
    input.reference = referenceOf(*model);
    input.tokenization = Tokenization::subword;
    edit(std::move(next), tr("Model %1").arg(model->name));
}

void Session::replaceModel(const ModelPtr &from, const ModelPtr &to)
{
    if (from == to || !from)
        return;
    history_.replaceModel(from, to);
    if (state_.input.model != from)
        return;
    stepBefore_ = from;
    stepAfter_ = to;
    state_.input.model = to;
    Q_EMIT stateChanged();
    run();
}

void Session::attachModel(const ModelPtr &model)
{
    if (state_.input.model)
        return;
    ModelReference reference = state_.input.reference;
    history_.attachModel(reference, model);
    const ModelReference found = referenceOf(*model);
    reference.kind = found.kind;
    reference.source = found.source;
    state_.input.reference = reference;
    state_.input.model = model;
    Q_EMIT stateChanged();
    run();
}

void Session::attachPinned(const ModelReference &reference, const ModelPtr &model, const TracePtr &recorded)
{
    history_.attachPinned(reference, model, recorded);
    if (!withPinnedModel(state_, reference, model, recorded))
        return;
    Q_EMIT stateChanged();
    run();
}

void Session::refusePinned(const ModelReference &reference, const QString &reason)
{
    std::erase_if(lacking_, [&reference](const auto &one) { return one.first == reference; });
    lacking_.emplace_back(reference, reason);
    run();
}

void Session::pinRun()
{
    // What is shown need not be computed again.
    if (*frame_ && !busy())
        references_.keep(
            {.input = frame_->state.input, .trace = frame_->compared.now, .marks = frame_->tokenMarks.now});
    edit(withRunPinned(state_), tr("Pin the run"));
}

void Session::compareWith(const ReferenceChoice &reference)
{
    SessionState next = state_;
    next.reference = reference;
    edit(std::move(next), tr("Compare with another run"));
    Q_EMIT referenceChosen();
}

void Session::compareWithTrace(const QString &path)
{
    edit(withTracePinned(state_, path), tr("Compare with another run"));
}

void Session::renamePinnedRun(const QString &name, const QString &to)
{
    edit(withRunRenamed(state_, name, to), tr("Rename the pinned run"));
}

void Session::removePinnedRun(const QString &name)
{
    edit(withoutRun(state_, name), tr("Remove the pinned run"));
}

void Session::putTogether(const TokenPair &tokens, bool ofReference)
{
    const std::optional<TokenMatch> match = matchOf(*frame_, tokens, state_);
    if (!match)
        return;
    SessionState next = state_;
    next.matches = withMatch(std::move(next.matches), *match, ofReference);
    edit(std::move(next), tr("Align tokens"));
}

void Session::alignAutomatically()
{
    SessionState next = state_;
    next.matches = withoutMatches(std::move(next.matches), state_.reference);
    edit(std::move(next), tr("Align automatically"));
}

void Session::setRecorded(const TracePtr &trace)
{
    SessionState next = state_;
    next.input = recordedInput(trace);
    edit(std::move(next), tr("Recorded run of %1").arg(trace->model().name));
}

void Session::attachRecorded(const TracePtr &trace)
{
    if (state_.input.model)
        return;
    state_.input = recordedInput(trace);
    Q_EMIT stateChanged();
    run();
}

void Session::setSwitches(const Switches &switches, const QString &description)
{
    SessionState next = state_;
    next.input.switches = switches;
    edit(std::move(next), description);
}

void Session::toggleHead(int layer, int head)
{
    setSwitches(withHeadToggled(switches(), layer, head),
                tr("Switch layer %1 head %2").arg(layer + 1).arg(head + 1));
}

void Session::toggleAttention(int layer)
{
    setSwitches(withAttentionToggled(switches(), layer), tr("Switch attention of layer %1").arg(layer + 1));
}

void Session::toggleFeedForward(int layer)
{
    setSwitches(withFeedForwardToggled(switches(), layer), tr("Switch FFN of layer %1").arg(layer + 1));
}

void Session::toggleLayer(int layer)
{
    setSwitches(withLayerToggled(switches(), layer), tr("Switch layer %1").arg(layer + 1));
}

void Session::togglePositions()
{
    setSwitches(withPositionsToggled(switches()), tr("Switch positional encoding"));
}

void Session::soloHead(int layer, int head)
{
    if (model())
        setSwitches(withHeadAlone(switches(), model()->config, layer, head),
                    tr("Solo layer %1 head %2").arg(layer + 1).arg(head + 1));
}

void Session::soloLayer(int layer)
{
    if (model())
        setSwitches(withLayerAlone(switches(), model()->config, layer), tr("Solo layer %1").arg(layer + 1));
}

void Session::toggleHeadColumn(int head)
{
    if (model())
        setSwitches(withHeadColumnToggled(switches(), model()->config, head),
                    tr("Switch head %1 of all layers").arg(head + 1));
}

void Session::resetSwitches()
{
    SessionState next = state_;
    next.input.switches = {};
    next.input.masked.clear();
    edit(std::move(next), tr("Everything on"));
}

void Session::explain(TargetChoice target)
{
    SessionState next = state_;
    next.target = movedChoice(target, frame_->state.input.sentences(), next.input.sentences());
    next.page = whyPage();
    edit(std::move(next), tr("What is explained"));
}

std::set<int> Session::maskedTokens() const
{
    return tokensInViews(*frame_, state_.input.masked, state_.input.sentences());
}

std::set<int> Session::replacedTokens() const
{
    return tokensInViews(*frame_, state_.input.replaced, state_.input.sentences());
}

void Session::toggleMaskedToken(int shownToken)
{
    const int token = ownToken(shown(), shownToken);
    if (!shown() || token < 0 || token >= shown().now->tokens())
        return;
    SessionState next = state_;
    next.input.masked = withTokenToggled(*frame_, state_.input.masked, token, state_.input.sentences());
    edit(std::move(next), tr("Mask token %1").arg(token));
}

void Session::toggleReplacedByMask(int shownToken)
{
    const int token = ownToken(shown(), shownToken);
    if (!shown() || token < 0 || token >= shown().now->tokens())
        return;
    SessionState next = state_;
    next.input.replaced = withTokenToggled(*frame_, state_.input.replaced, token, state_.input.sentences());
    edit(std::move(next), withParticles(tr("Replace token %1 by the mask token").arg(token)));
    maskEdit_ = generation_;
}

void Session::setComparison(Comparison comparison)
{
    SessionState next = state_;
    next.comparison = comparison;
    become(std::move(next));
}

void Session::setHidesSpecial(bool hides)
{
    SessionState next = state_;
    next.hidesSpecial = hides;
    become(std::move(next));
}

void Session::setPage(const QString &page)
{
    SessionState next = state_;
    next.page = page;
    become(std::move(next));
}

void Session::setParameter(const QString &view, const QString &name, const ParameterValue &value)
{
    SessionState next = state_;
    next.views[view][name] = value;
    become(std::move(next));
}

void Session::setZoomed(const QString &view, const QRectF &cells)
{
    // The view that was zoomed shows it already: nothing else depends on it.
    if (cells.isNull())
        state_.zoomed.erase(view);
    else
        state_.zoomed[view] = cells;
}

void Session::pin(const Selected &selected)
{
    SessionState next = state_;
    next.pinned = withSelected(*frame_, std::move(next.pinned), selected, next.input.sentences());
    become(std::move(next));
}

void Session::stepToken(int step, bool key)
{
    if (!shown())
        return;
    const Trace &trace = shown().trace();
    const Selected &pinned = selection_.pinned();
    int token = key && pinned.key >= 0 ? pinned.key : pinned.query - (key ? step : 0);
    do
        token += step;
    while (token >= 0 && token < trace.tokens() && hidesSpecial() && trace.token(token).special);
    if (token < 0 || token >= trace.tokens())
        return;
    if (key)
        selection_.pinKey(token);
    else
        selection_.pinQuery(token);
}

void Session::stepLayer(int step)
{
    const int layer = selection_.pinned().layer + step;
    if (shown() && layer >= 0 && layer < shown().trace().layers())
        selection_.pinLayer(layer);
}

void Session::stepHead(int step)
{
    const int head = selection_.pinned().head + step;
    if (shown() && head >= 0 && head < shown().trace().heads())
        selection_.pinHead(selection_.pinned().layer, head);
}

void Session::run()
{
    const bool wasBusy = busy();
    ++generation_;
    if (!state_.input.model) {
        answered_ = generation_;
        showNothing();
        Q_EMIT frameChanged();
    } else {
        const ModelPtr before = hasStepBefore() ? stepBefore_ : nullptr;
        const RunRequest request{.generation = generation_,
                                 .asked = std::chrono::steady_clock::now(),
                                 .input = shownInput(state_),
                                 .reference = references_.known(wantedReference(state_, before, lacking_)),
                                 .matches = state_.matches};
        const bool otherModel = std::exchange(asked_, state_.input.model) != state_.input.model;
        runs_.ask(
            [request, caches = caches_](const JobControl &control) {
                return encoderscope::run(request, *caches, control.stop());
            },
            otherModel ? Older::stop : Older::finishIfShort);
    }
    if (busy() != wasBusy)
        Q_EMIT busyChanged();
}

void Session::accept(const RunResult &result)
{
    const bool newest = result.generation == generation_;
    if (!newest && (!result.now || result.input.model != state_.input.model))
        return;
    answered_ = result.generation;
    if (result.now) {
        times_ = {.forward = result.forwardMilliseconds, .cached = result.cached};
        unpainted_ = result.asked;
        if (newest && result.generation == maskEdit_)
            pinNewMask(result);
        references_.keep(result.reference);
    }
    Frame answer;
    answer.state.input = result.input;
    answer.state.reference = result.reference.choice;
    answer.compared = {result.now, result.before, state_.comparison, result.alignment};
    answer.tokenMarks = result.marks;
    answer.problem = result.problem;
    answer.referenceProblem = result.reference.problem;
    answer.referenceHash = result.reference.modelHash;
    if (result.reference.input)
        answer.reference = ReferenceRun::other;
    else if (result.now != result.before)
        answer.reference = ReferenceRun::withoutSwitches;
    show(answer);
    if (newest)
        Q_EMIT busyChanged();
}

/// A mask token that was typed, or that a token was replaced by, is what the user asks about.
void Session::pinNewMask(const RunResult &result)
{
    if (!shown())
        return;
    const int mask = newMaskToken(*frame_, *result.now, result.input.sentences());
    if (mask >= 0)
        state_.pinned.query = anchorOf(result.now->encoding(), mask);
}

/// The runs of `answer`, looked at as the state says.
void Session::show(const Frame &answer)
{
    const TextPair text = state_.input.sentences();
    const TextPair shownText = answer.state.input.sentences();
    const bool newRun = answer.compared.now != frame_->compared.now;
    SessionState answering = state_;
    answering.input = answer.state.input;
    answering.reference = answer.state.reference;
    if (answer.reference == ReferenceRun::none)
        answering.comparison = Comparison::now;
    for (std::optional<TokenAnchor> *pinned : {&answering.pinned.query, &answering.pinned.key}) {
        if (*pinned)
            *pinned = nearestAnchor(**pinned, text, shownText);
    }
    if (answering.target)
        answering.target = movedChoice(*answering.target, text, shownText);
    auto next = std::make_shared<Frame>(frameOf(answering, answer.compared, answer.problem));
    next->tokenMarks = answer.tokenMarks;
    next->reference = answer.reference;
    next->referenceProblem = answer.referenceProblem;
    next->referenceHash = answer.referenceHash;
    const bool otherTokens =
        newRun && shown() && answer.compared && shown().now->encoding() != answer.compared.now->encoding();
    const bool otherSide = shown() && answer.compared.acrossRuns() &&
                           (frame_->compared.comparison == Comparison::before) !=
                               (next->compared.comparison == Comparison::before);
    frame_ = std::move(next);
    selection_.setPinned(frame_->selection);
    if (otherTokens || otherSide)
        selection_.unhover();
    Q_EMIT frameChanged();
}

void Session::showNothing()
{
    auto next = std::make_shared<Frame>();
    next->state = state_;
    next->selection = {.layer = state_.pinned.layer, .head = state_.pinned.head};
    frame_ = std::move(next);
    selection_.setPinned(frame_->selection);
}

void Session::notePainted(bool late)
{
    const auto now = std::chrono::steady_clock::now();
    if (!firstPainted_)
        firstPainted_ = now;
    if (late || !unpainted_)
        return;
    const auto asked = *std::exchange(unpainted_, std::nullopt);
    const std::chrono::duration<double, std::milli> elapsed = now - asked;
    times_.sinceKey = asked > *firstPainted_;
    times_.shown = elapsed.count();
    Q_EMIT timesChanged();
}

} // namespace encoderscope
