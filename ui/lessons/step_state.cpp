// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lessons/step_state.h"

#include "ui/lessons/live_numbers.h"
#include "ui/state/session_file.h"
#include "ui/state/view_kinds.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

QJsonObject merged(QJsonObject object, const QJsonObject &fields)
{
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        const QJsonValue before = object.value(field.key());
        if (field->isObject() && before.isObject() && field.key() != QStringLiteral("switches"))
            object[field.key()] = merged(before.toObject(), field->toObject());
        else
            object[field.key()] = *field;
    }
    return object;
}

/// Where a lesson begins to look: a word that is to be guessed, else the first one.
TokenAnchor firstWord(const QString &text)
{
    const QString mask = QStringLiteral("[MASK]");
    if (const qsizetype hidden = text.indexOf(mask); hidden >= 0)
        return {.begin = hidden, .end = hidden + mask.size()};
    qsizetype begin = 0;
    while (begin < text.size() && text[begin].isSpace())
        ++begin;
    qsizetype end = begin;
    while (end < text.size() && !text[end].isSpace())
        ++end;
    return {.begin = begin, .end = end};
}

void pinHead(SessionState &state, const Frame &frame, const QString &which)
{
    if (which.isEmpty() || !frame)
        return;
    Frame whole = frame; // with everything on: what a step before has switched off finds no other head
    if (frame.reference == ReferenceRun::withoutSwitches)
        whole.compared.now = frame.compared.before;
    const QString expression = QStringLiteral("attention.%1").arg(which);
    try {
        state.pinned.layer =
            static_cast<int>(liveNumber(expression + QStringLiteral(".layer_number"), whole)) - 1;
        state.pinned.head =
            static_cast<int>(liveNumber(expression + QStringLiteral(".head_number"), whole)) - 1;
    } catch (const Error &) {
        return; // the run has no heads: what is pinned stays
    }
}

/// The pinned head, or all others of its layer.
void switchOff(SessionState &state, const Frame &frame, const QString &what)
{
    if (what.isEmpty() || !frame || frame.trace().layers() == 0)
        return;
    const int layer = std::clamp(state.pinned.layer, 0, frame.trace().layers() - 1);
    for (int head = 0; head < frame.trace().heads(); ++head) {
        if ((head == state.pinned.head) == (what == QStringLiteral("head")))
            state.input.switches.layer(layer).heads_off.insert(head);
    }
}

} // namespace

SessionState stepState(const SessionState &now, const Frame &frame, const QJsonObject &fields,
                       const LessonStep &step, const QString &language)
{
    SessionState clean = now;
    clean.input.recorded = step.model.isEmpty() ? now.input.recorded : nullptr;
    clean.input.switches = {};
    clean.input.masked.clear();
    clean.input.replaced.clear();
    clean.input.tokenization = Tokenization::subword;
    clean.comparison = Comparison::now;
    clean.reference = {};
    clean.pinnedRuns.clear();
    clean.matches.clear();
    const QString &sentence = step.sentence.in(language);
    if (!sentence.isEmpty() && sentence != now.input.text) {
        clean.input.text = sentence;
        clean.input.textB.reset();
        clean.pinned.query = firstWord(sentence);
        clean.pinned.key.reset();
        clean.target.reset();
    }
    // Before the state is read: a difference is only taken over when something is off.
    pinHead(clean, frame, step.head);
    switchOff(clean, frame, step.off);
    const QJsonObject object = merged(sessionObject(clean), fields);
    SessionState state = readSession(JsonField::made(object, QStringLiteral("lesson")), viewKinds());
    state.input.recorded = clean.input.recorded;
    state.input.model = now.input.model;
    state.input.reference = now.input.reference;
    if (!step.model.isEmpty() && now.input.reference.source != step.model) {
        state.input.model = nullptr;
        state.input.reference = {ModelReference::Kind::builtIn, step.model, {}};
    }
    state.pinnedRuns = now.pinnedRuns;
    state.matches = now.matches;
    return state;
}

SessionState withOwnModel(const SessionState &now, const std::optional<OwnModel> &own)
{
    SessionState state = now;
    if (!own || now.input.reference.source != own->instead)
        return state;
    if (own->input.recorded) {
        state.input = own->input;
    } else {
        state.input.model = own->input.model;
        state.input.reference = own->input.reference;
        state.input.switches = {}; // of the other model
    }
    return state;
}

SessionState followedState(const SessionState &now, const Frame &frame, const QJsonObject &fields,
                           const LessonStep &step, const QString &language, LearnersOwn &own)
{
    SessionState learners = withOwnModel(now, own.model);
    if (own.sentence && now.input.text == own.sentence->instead) {
        learners.input.text = own.sentence->text;
        learners.input.textB = own.sentence->textB;
        learners.pinned.query = own.sentence->query;
        learners.pinned.key = own.sentence->key;
    }
    own = {};
    const QString &sentence = step.sentence.in(language);
    if (!sentence.isEmpty() && sentence != learners.input.text)
        own.sentence = {sentence, learners.input.text, learners.input.textB, learners.pinned.query,
                        learners.pinned.key};
    if (!step.model.isEmpty() && learners.input.reference.source != step.model) {
        own.model = {step.model, learners.input};
        // Where the model of the step before is this one's, too, it is there already.
        learners.input.reference = now.input.reference;
        learners.input.model = now.input.model;
    }
    SessionState state = stepState(learners, frame, fields, step, language);
    if (step.model.isEmpty() && learners.input.recorded && !now.input.recorded)
        state.input = learners.input; // a recorded run comes back as it is
    return state;
}

} // namespace encoderscope
