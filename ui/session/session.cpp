// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include "engine/model/default_model.h"
#include "ui/session/token_following.h"

#include <QUndoCommand>

#include <utility>

namespace encoderscope
{

namespace
{

/// Undo and redo of one value of the session: both are "set it".
template <typename Value, typename Set>
class SetCommand : public QUndoCommand
{
public:
    SetCommand(const QString &description, Value before, Value after, Set set)
        : QUndoCommand(description)
        , before_(std::move(before))
        , after_(std::move(after))
        , set_(std::move(set))
    {
    }
    void undo() override { set_(before_); }
    void redo() override { set_(after_); }

private:
    Value before_, after_;
    Set set_;
};

template <typename T>
void toggle(std::set<T> &set, const T &value)
{
    if (set.erase(value) == 0)
        set.insert(value);
}

} // namespace

/// What a change of model takes with it: switches of one model mean nothing in another.
struct Session::ModelState {
    ModelPtr model;
    Switches switches;
    Tokenization tokenization;
};

Session::Session(QObject *parent)
    : QObject(parent)
    , model_(default_model())
    , runs_([this](const Result<RunResult> &result) {
        RunResult failed;
        failed.generation = generation_;
        failed.problem = result.problem();
        accept(result ? *result : failed);
    })
{
}

void Session::setText(const QString &text)
{
    if (text == text_)
        return;
    text_ = text;
    Q_EMIT textChanged();
    run();
}

void Session::setTextB(const QString &text)
{
    if (text == textB_ && text.isNull() == textB_.isNull())
        return;
    textB_ = text;
    Q_EMIT textChanged();
    run();
}

void Session::setTokenization(Tokenization tokenization)
{
    if (tokenization == tokenization_)
        return;
    tokenization_ = tokenization;
    Q_EMIT tokenizationChanged();
    run();
}

void Session::setComparison(Comparison comparison)
{
    if (comparison == shown_.comparison)
        return;
    shown_.comparison = comparison;
    Q_EMIT shownChanged();
}

void Session::setHidesSpecial(bool hides)
{
    if (hides == hidesSpecial_)
        return;
    hidesSpecial_ = hides;
    Q_EMIT hidesSpecialChanged();
}

void Session::toggleReplacedByMask(int token)
{
    toggle(replaced_, token);
    run();
}

void Session::setModel(const ModelPtr &model)
{
    if (model == model_)
        return;
    const bool comparable = model->config == model_->config;
    const ModelState before{model_, switches_, tokenization_};
    const ModelState after{model, comparable ? switches_ : Switches(), Tokenization::subword};
    const auto set = [this](const ModelState &value) { applyModel(value); };
    undoStack_.push(new SetCommand(tr("Model %1").arg(model->name), before, after, set));
}

void Session::replaceModel(const ModelPtr &model)
{
    if (model != model_)
        applyModel({model, model->config == model_->config ? switches_ : Switches(), tokenization_});
}

void Session::applyModel(const ModelState &state)
{
    model_ = state.model;
    if (tokenization_ != state.tokenization) {
        tokenization_ = state.tokenization;
        Q_EMIT tokenizationChanged();
    }
    Q_EMIT modelChanged();
    applySwitches(state.switches);
}

void Session::setSwitches(const Switches &switches, const QString &description)
{
    if (switches == switches_)
        return;
    // An undo past an edit of the text must not bring back masks that count the tokens of another text.
    const bool masks = switches.masked_tokens != switches_.masked_tokens;
    const auto set = [this, masks](Switches value) {
        if (!masks)
            value.masked_tokens = switches_.masked_tokens;
        applySwitches(value);
    };
    undoStack_.push(new SetCommand(description, switches_, switches, set));
}

void Session::applySwitches(const Switches &switches)
{
    if (switches != switches_) {
        switches_ = switches;
        if (!switches_.any())
            shown_.comparison = Comparison::now;
        Q_EMIT switchesChanged();
    }
    run();
}

void Session::toggleHead(int layer, int head)
{
    Switches changed = switches_;
    toggle(changed.layer(layer).heads_off, head);
    setSwitches(changed, tr("Switch layer %1 head %2").arg(layer + 1).arg(head + 1));
}

void Session::toggleAttention(int layer)
{
    Switches changed = switches_;
    changed.layer(layer).attention = !changed.layer(layer).attention;
    setSwitches(changed, tr("Switch attention of layer %1").arg(layer + 1));
}

void Session::toggleFeedForward(int layer)
{
    Switches changed = switches_;
    changed.layer(layer).feed_forward = !changed.layer(layer).feed_forward;
    setSwitches(changed, tr("Switch FFN of layer %1").arg(layer + 1));
}

void Session::toggleLayer(int layer)
{
    Switches changed = switches_;
    changed.layer(layer).on = !changed.layer(layer).on;
    setSwitches(changed, tr("Switch layer %1").arg(layer + 1));
}

void Session::togglePositions()
{
    Switches changed = switches_;
    changed.positions = !changed.positions;
    setSwitches(changed, tr("Switch positional encoding"));
}

void Session::soloHead(int layer, int head)
{
    const EncoderConfig &config = model_->config;
    Switches solo = switches_;
    for (int l = 0; l < config.layers; ++l) {
        std::set<int> &off = solo.layer(l).heads_off;
        off.clear();
        for (int h = 0; h < config.heads; ++h) {
            if (l != layer || h != head)
                off.insert(h);
        }
    }
    if (solo == switches_) {
        for (LayerSwitches &switches : solo.layers)
            switches.heads_off.clear();
    }
    setSwitches(solo, tr("Solo layer %1 head %2").arg(layer + 1).arg(head + 1));
}

void Session::soloLayer(int layer)
{
    Switches solo = switches_;
    for (int l = 0; l < model_->config.layers; ++l)
        solo.layer(l).on = l == layer;
    if (solo == switches_) {
        for (LayerSwitches &switches : solo.layers)
            switches.on = true;
    }
    setSwitches(solo, tr("Solo layer %1").arg(layer + 1));
}

void Session::toggleHeadColumn(int head)
{
    bool anyOn = false;
    for (int layer = 0; layer < model_->config.layers; ++layer)
        anyOn = anyOn || !std::as_const(switches_).layer(layer).heads_off.contains(head);
    Switches changed = switches_;
    for (int layer = 0; layer < model_->config.layers; ++layer) {
        if (anyOn)
            changed.layer(layer).heads_off.insert(head);
        else
            changed.layer(layer).heads_off.erase(head);
    }
    setSwitches(changed, tr("Switch head %1 of all layers").arg(head + 1));
}

void Session::toggleMaskedToken(int token)
{
    Switches changed = switches_;
    toggle(changed.masked_tokens, token);
    setSwitches(changed, tr("Mask token %1").arg(token));
}

void Session::resetSwitches()
{
    setSwitches(Switches(), tr("Everything on"));
}

void Session::run()
{
    const bool wasBusy = busy();
    const RunRequest request{.generation = ++generation_,
                             .asked = std::chrono::steady_clock::now(),
                             .model = model_,
                             .text = text_,
                             .textB = textB_,
                             .tokenization = tokenization_,
                             .switches = switches_,
                             .replaced = replaced_,
                             .reference = shown_.now};
    const bool otherModel = std::exchange(asked_, model_) != model_;
    runs_.ask([request, cache = cache_](
                  const JobControl &control) { return encoderscope::run(request, *cache, control.stop()); },
              otherModel ? Older::stop : Older::finishIfShort);
    if (!wasBusy)
        Q_EMIT busyChanged();
}

void Session::accept(const RunResult &result)
{
    const bool newest = result.generation == generation_;
    if (!newest && (!result.now || result.now->model_pointer() != model_))
        return;
    answered_ = result.generation;
    if (problem_ != result.problem) {
        problem_ = result.problem;
        Q_EMIT problemChanged();
    }
    if (result.now) {
        if (shown_.now)
            followTokens(shown_.now->encoding(), *result.now);
        keepSelectionInRange(*result.now);
        shown_.now = result.now;
        shown_.before = result.before;
        times_ = {.forward = result.forwardMilliseconds};
        unpainted_ = result.asked;
        Q_EMIT shownChanged();
    }
    if (newest)
        Q_EMIT busyChanged();
}

/// What names a token by its index goes on naming the same token of an edited text.
void Session::followTokens(const Encoding &from, const Trace &to)
{
    selection_.unhover();
    Selected pinned = selection_.pinned();
    pinned.query = nearestToken(from, pinned.query, to.encoding());
    pinned.key = nearestToken(from, pinned.key, to.encoding());
    selection_.pin(pinned);
    replaced_ = followedTokens(from, replaced_, to.encoding());
    std::set<int> masked = followedTokens(from, switches_.masked_tokens, to.encoding());
    if (masked != switches_.masked_tokens) {
        switches_.masked_tokens = std::move(masked);
        Q_EMIT switchesChanged();
    }
}

void Session::keepSelectionInRange(const Trace &trace)
{
    Selected pinned = selection_.pinned();
    pinned.layer = std::clamp(pinned.layer, 0, std::max(0, trace.layers() - 1));
    pinned.head = std::clamp(pinned.head, 0, trace.heads() - 1);
    pinned.query = std::clamp(pinned.query, 0, trace.tokens() - 1);
    pinned.key = std::min(pinned.key, trace.tokens() - 1);
    pinned.dimension = std::min(pinned.dimension, trace.config().d_model - 1);
    pinned.neuron = std::min(pinned.neuron, trace.config().d_ff - 1);
    selection_.pin(pinned);
}

void Session::stepToken(int step, bool key)
{
    if (!shown_)
        return;
    const Trace &trace = shown_.trace();
    const int pinned = key ? selection_.pinned().key : selection_.pinned().query;
    int token = pinned < 0 ? selection_.pinned().query - step : pinned;
    do
        token += step;
    while (token >= 0 && token < trace.tokens() && hidesSpecial_ && trace.token(token).special);
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
    if (shown_ && layer >= 0 && layer < shown_.trace().layers())
        selection_.pinLayer(layer);
}

void Session::stepHead(int step)
{
    const int head = selection_.pinned().head + step;
    if (shown_ && head >= 0 && head < shown_.trace().heads())
        selection_.pinHead(selection_.pinned().layer, head);
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
