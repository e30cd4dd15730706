// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/chosen_target.h"

#include "engine/analysis/predictions.h"
#include "engine/analysis/sentence_vector.h"
#include "engine/attribution/sentence_shares.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/particles.h"
#include "ui/jobs/stopped.h"
#include "ui/state/reference.h"
#include "ui/state/run.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

using TargetKind = TargetChoice::Kind;

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(Targets)
};

int pieceOf(const QString &name, const Model &model)
{
    const Tokenizer &tokenizer = *model.tokenizer;
    int id = tokenizer.id(name);
    if (id < 0) {
        // "mat" may stand in the vocabulary as "▁mat" or "Ġmat": what a text of that word alone is cut into.
        const std::vector<Token> tokens = tokenizer.tokenize(name);
        if (tokens.size() == 1 && !tokens.front().unknown)
            id = tokens.front().id;
    }
    if (id < 0)
        throw Error(Messages::tr("The vocabulary of the model %1 has no piece “%2”.").arg(model.name, name));
    return id;
}

QString labelName(const ClassificationHead &head, int label)
{
    const QString name = head.labels.value(label);
    return name.isEmpty() ? QString::number(label + 1) : name;
}

/// A label by its name, or by its number from 1.
int labelOf(const QString &name, const Model &model)
{
    const ClassificationHead &head = *model.output.classification;
    const qsizetype named = head.labels.indexOf(name);
    if (named >= 0)
        return static_cast<int>(named);
    bool valid = false;
    const int number = name.toInt(&valid);
    if (!valid || number < 1 || number > head.classifier.weight.rows())
        throw Error(Messages::tr("The model %1 has no class “%2”; it has %3.")
                        .arg(model.name, name, head.labels.join(QStringLiteral(", "))));
    return number - 1;
}

int likeliestLabel(const Trace &trace)
{
    const std::vector<ClassPrediction> classes = class_predictions(trace);
    const auto best = std::max_element(classes.begin(), classes.end(),
                                       [](const auto &a, const auto &b) { return a.logit < b.logit; });
    return static_cast<int>(best - classes.begin());
}

/// What of `anchors` stands in that sentence, as an anchor of a text of its own.
TokenAnchors ofSentence(const TokenAnchors &anchors, int segment)
{
    TokenAnchors own;
    for (TokenAnchor anchor : anchors) {
        if (anchor.special < 0 && anchor.segment == segment) {
            anchor.segment = 0;
            own.insert(anchor);
        }
    }
    return own;
}

/// What the shown run is of.
RunInput inputOfShown(const Frame &frame)
{
    RunInput input = frame.state.input;
    if (frame.compared.comparison != Comparison::before || frame.reference == ReferenceRun::none)
        return input;
    const Trace &shown = *frame.compared.before;
    if (const auto wanted = wantedReference(frame.state, shown.model_pointer()); wanted.input)
        return *wanted.input;
    // The run itself without switches, or one that a command was given.
    const Encoding &encoding = shown.encoding();
    input.text = encoding.text;
    input.textB = encoding.text_b.isNull() ? std::nullopt : std::optional(encoding.text_b);
    input.model = shown.model_pointer();
    input.switches = shown.switches();
    input.switches.masked_tokens.clear();
    input.masked.clear();
    for (const int token : shown.switches().masked_tokens)
        input.masked.insert(anchorOf(encoding, token));
    return input;
}

/// One of the two sentences of the shown run alone, as the model makes a vector of it.
TracePtr runAlone(const Frame &frame, int segment, const std::stop_token &stop)
{
    RunInput alone = inputOfShown(frame);
    alone.text = segment == 0 ? alone.text : *alone.textB;
    alone.textB.reset();
    alone.masked = ofSentence(alone.masked, segment);
    alone.replaced = ofSentence(alone.replaced, segment);
    const Encoding encoding = encodingOf(alone, alone.model->config.max_positions);
    const TracePtr trace = run_encoder(alone.model, encoding, switchesOf(alone, encoding), nullptr, stop);
    throwIfStopped(stop);
    return sentence_trace(trace);
}

QString measureTitle(Target::Measure measure)
{
    switch (measure) {
    case Target::Measure::logit:
        return Messages::tr("logit");
    case Target::Measure::log_probability:
        return Messages::tr("log-probability");
    case Target::Measure::probability:
        break;
    }
    return Messages::tr("probability");
}

QString quoted(const QString &text)
{
    return QChar(0x201C) + text + QChar(0x201D);
}

} // namespace

int firstMask(const Trace &trace)
{
    const int mask = trace.model().tokenizer ? trace.model().tokenizer->mask_id() : -1;
    for (int token = 0; mask >= 0 && token < trace.tokens(); ++token) {
        if (trace.token(token).id == mask)
            return token;
    }
    return -1;
}

QString whyNoTarget(TargetKind kind, const Frame &frame)
{
    const Model &model = frame.trace().model();
    switch (kind) {
    case TargetKind::word:
        return model.output.masked_word ? QString()
                                        : Messages::tr("The model has no head that predicts masked words.");
    case TargetKind::label:
        return model.output.classification ? QString()
                                           : Messages::tr("The model has no head that tells classes.");
    case TargetKind::similarity:
        try {
            check_sentence_shares(model);
        } catch (const Error &error) {
            return error.message();
        }
        return frame.trace().encoding().text_b.isEmpty()
                   ? Messages::tr("There is no sentence B to be similar to.")
                   : QString();
    default:
        return {};
    }
}

TargetChoice usualTarget(const Frame &frame)
{
    if (frame.compared.comparison == Comparison::before)
        return usualTarget(comparedAs(frame, Comparison::now)); // both runs explain the same
    const bool words = whyNoTarget(TargetKind::word, frame).isEmpty();
    if (words && firstMask(frame.trace()) >= 0)
        return {};
    for (const TargetKind kind : {TargetKind::similarity, TargetKind::label}) {
        if (whyNoTarget(kind, frame).isEmpty())
            return {.kind = kind};
    }
    if (!words)
        throw Error(Messages::tr("The model %1 predicts nothing; choose a neuron or a hidden state.")
                        .arg(frame.trace().model().name));
    return {};
}

namespace
{

/// Where it stands in the run itself.
int ownToken(const TargetChoice &choice, const Frame &frame)
{
    const Trace &trace = *frame.compared.now;
    if (!choice.token) {
        const int mask = choice.kind == TargetKind::word ? firstMask(trace) : -1;
        return mask >= 0 ? mask : selectionIn(frame.state.pinned, trace).query;
    }
    const std::set<int> tokens = choice.lost ? std::set<int>() : tokensAt(trace.encoding(), *choice.token);
    if (tokens.empty())
        throw Error(Messages::tr("The token that was to be explained is gone: its characters were edited. "
                                 "Choose another one, or undo the edit."));
    return *tokens.begin();
}

/// The run that names the likeliest: both runs are asked for the same word or class.
const Trace &namingRun(TargetKind kind, const Frame &frame)
{
    const OutputHeads &heads = frame.compared.now->model().output;
    const bool has =
        kind == TargetKind::word ? heads.masked_word.has_value() : heads.classification.has_value();
    return has ? *frame.compared.now : frame.trace();
}

} // namespace

int targetToken(const TargetChoice &choice, const Frame &frame)
{
    const int own = ownToken(choice, frame);
    if (frame.compared.comparison != Comparison::before)
        return own;
    const int partner = referenceToken(aligned(frame.compared), own);
    if (partner < 0)
        throw Error(withParticles(
            Messages::tr("Token %1, “%2”, where the number stands, has no partner in the reference.")
                .arg(own)
                .arg(frame.compared.now->token(own).text)));
    return partner;
}

std::optional<TokenAnchor> anchorInRun(const Frame &frame, int token)
{
    const bool ofReference = frame.compared.comparison == Comparison::before;
    const int own = ofReference ? nowToken(aligned(frame.compared), token) : token;
    if (own < 0 || own >= frame.compared.now->tokens())
        return std::nullopt;
    return anchorOf(frame.compared.now->encoding(), own);
}

ChosenTarget chosenTarget(const Frame &frame, const std::stop_token &stop)
{
    ChosenTarget chosen;
    if (!frame.trace().has(TracePart::model))
        throw Error(
            Messages::tr("Only the numbers of this run are known, not the model: it cannot be run again to "
                         "explain anything."));
    chosen.choice = frame.state.target ? *frame.state.target : usualTarget(frame);
    TargetChoice &choice = chosen.choice;
    Target &target = chosen.target;
    const QString problem = whyNoTarget(choice.kind, frame);
    if (!problem.isEmpty())
        throw Error(problem);
    chosen.trace = frame.shown();
    const Model &model = frame.trace().model();
    target.measure = choice.measure;
    if (choice.atToken()) {
        target.token = targetToken(choice, frame);
        choice.token = anchorOf(frame.compared.now->encoding(), ownToken(choice, frame));
    }
    switch (choice.kind) {
    case TargetKind::word:
        if (choice.name.isEmpty()) {
            const Trace &naming = namingRun(TargetKind::word, frame);
            const int token = &naming == &frame.trace() ? target.token : ownToken(choice, frame);
            choice.name = masked_word_predictions(naming, token, 1).front().piece;
        }
        target.index = pieceOf(choice.name, model);
        if (!choice.contrast.isEmpty())
            target.contrast = pieceOf(choice.contrast, model);
        break;
    case TargetKind::label:
        target.kind = Target::Kind::label;
        if (choice.name.isEmpty()) {
            const Trace &naming = namingRun(TargetKind::label, frame);
            choice.name = labelName(*naming.model().output.classification, likeliestLabel(naming));
        }
        target.index = labelOf(choice.name, model);
        choice.name = labelName(*model.output.classification, target.index);
        if (!choice.contrast.isEmpty())
            target.contrast = labelOf(choice.contrast, model);
        break;
    case TargetKind::similarity:
        target.kind = Target::Kind::similarity;
        chosen.trace = runAlone(frame, 0, stop);
        chosen.other = runAlone(frame, 1, stop);
        target.other = sentence_vector(*chosen.other);
        break;
    case TargetKind::neuron:
        target.kind = Target::Kind::neuron;
        target.layer = choice.layer;
        target.index = choice.index;
        break;
    case TargetKind::hidden:
        target.kind = choice.index < 0 ? Target::Kind::hidden_norm : Target::Kind::hidden_element;
        target.layer = choice.layer;
        target.index = std::max(0, choice.index);
        break;
    }
    check_target(target, model, chosen.trace->tokens());
    return chosen;
}

QString targetTitle(const ChosenTarget &chosen)
{
    const TargetChoice &choice = chosen.choice;
    const auto at = [&](const QString &what) {
        return Messages::tr("%1 at token %2, %3")
            .arg(what)
            .arg(chosen.target.token)
            .arg(quoted(chosen.trace->token(chosen.target.token).text));
    };
    const auto measured = [&](const QString &what) {
        return choice.contrast.isEmpty()
                   ? Messages::tr("%1 %2").arg(measureTitle(choice.measure), what)
                   : Messages::tr("%1 %2 − %3")
                         .arg(measureTitle(choice.measure), what, quoted(choice.contrast));
    };
    switch (choice.kind) {
    case TargetKind::word:
        return at(measured(quoted(choice.name)));
    case TargetKind::label:
        return measured(quoted(choice.name));
    case TargetKind::similarity:
        return Messages::tr("cosine of sentences A and B");
    case TargetKind::neuron:
        return at(Messages::tr("neuron %1 of layer %2").arg(choice.index).arg(choice.layer + 1));
    case TargetKind::hidden:
        break;
    }
    const QString state = choice.layer < 0
                              ? Messages::tr("the embedding")
                              : Messages::tr("the hidden state after layer %1").arg(choice.layer + 1);
    return at(choice.index < 0 ? Messages::tr("length of %1").arg(state)
                               : Messages::tr("dimension %1 of %2").arg(choice.index).arg(state));
}

QString targetText(const ChosenTarget &chosen)
{
    const TargetChoice &choice = chosen.choice;
    QStringList parts{QLatin1String(targetWord(choice.kind))};
    const QString token = QString::number(chosen.target.token);
    switch (choice.kind) {
    case TargetKind::word:
        parts += {token, choice.name};
        break;
    case TargetKind::label:
        parts += choice.name;
        break;
    case TargetKind::similarity:
        break;
    case TargetKind::neuron:
        parts += {QString::number(choice.layer + 1), QString::number(choice.index), token};
        break;
    case TargetKind::hidden:
        parts += {QString::number(choice.layer + 1), token};
        if (choice.index >= 0)
            parts += QString::number(choice.index);
        break;
    }
    return parts.join(QLatin1Char(':'));
}

} // namespace encoderscope
