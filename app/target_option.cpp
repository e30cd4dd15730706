// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/target_option.h"

#include "app/command.h"
#include "ui/state/run.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace encoderscope
{

namespace
{

using Kind = TargetChoice::Kind;

struct TargetMessages {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

const QString target_name = QStringLiteral("--target");

constexpr std::array<std::pair<const char *, Target::Measure>, 3> measures{
    {{"logit", Target::Measure::logit},
     {"log-probability", Target::Measure::log_probability},
     {"probability", Target::Measure::probability}}};

int number_from(const QString &word, int first)
{
    bool valid = false;
    const int number = word.toInt(&valid);
    if (!valid || number < first)
        throw ArgumentError(
            TargetMessages::tr("%1: \"%2\" is not a number from %3.").arg(target_name, word).arg(first));
    return number;
}

/// A token's number or a word of the text; nothing for "mask": the first mask token.
std::optional<TokenAnchor> token_of(const QString &word, const RunInput &input)
{
    const Encoding encoding = encodingOf(input, input.model->config.max_positions);
    if (word != QStringLiteral("mask"))
        return *anchors_of(target_name, word, encoding).begin();
    const int mask = input.model->tokenizer->mask_id();
    const bool there = std::any_of(encoding.tokens.begin(), encoding.tokens.end(),
                                   [mask](const Token &token) { return token.id == mask; });
    if (mask < 0 || !there)
        throw ArgumentError(TargetMessages::tr("--target: the text has no mask token."));
    return std::nullopt;
}

/// Empty for "best".
QString name_of(const QString &word)
{
    return word == QStringLiteral("best") ? QString() : word;
}

TargetChoice choice_of(const QString &word, const RunInput &input)
{
    // A piece may hold colons itself.
    const QStringList parts = word.split(QLatin1Char(':'));
    const auto count = parts.size();
    const auto is = [&](Kind kind) { return parts.first() == QLatin1String(targetWord(kind)); };
    TargetChoice choice;
    if (is(Kind::word) && count >= 3) {
        choice.token = token_of(parts[1], input);
        choice.name = name_of(parts.mid(2).join(QLatin1Char(':')));
    } else if (is(Kind::label) && count >= 2) {
        choice.kind = Kind::label;
        choice.name = name_of(parts.mid(1).join(QLatin1Char(':')));
    } else if (is(Kind::similarity) && count == 1) {
        choice.kind = Kind::similarity;
        if (!input.textB)
            throw ArgumentError(TargetMessages::tr("--%1 is missing.").arg(QStringLiteral("text-b")));
    } else if (is(Kind::neuron) && count == 4) {
        choice.kind = Kind::neuron;
        choice.layer = number_from(parts[1], 1) - 1;
        choice.index = number_from(parts[2], 0);
        choice.token = token_of(parts[3], input);
    } else if (is(Kind::hidden) && (count == 3 || count == 4)) {
        choice.kind = Kind::hidden;
        choice.layer = number_from(parts[1], 0) - 1;
        choice.token = token_of(parts[2], input);
        choice.index = count == 4 ? number_from(parts[3], 0) : -1;
    } else {
        throw ArgumentError(
            TargetMessages::tr(
                "--target: \"%1\" is not understood; word:TOKEN:PIECE, class:LABEL, similarity, "
                "neuron:LAYER:NEURON:TOKEN or hidden:LAYER:TOKEN[:DIMENSION] was expected.")
                .arg(word));
    }
    return choice;
}

} // namespace

TargetOptions::TargetOptions()
    : target(
          QStringLiteral("target"),
          TargetMessages::tr(
              "The number to explain. word:TOKEN:PIECE (TOKEN: a number from 0, a word of the text, or mask; "
              "PIECE may be best), class:LABEL, similarity (of --text and --text-b), "
              "neuron:LAYER:NEURON:TOKEN, hidden:LAYER:TOKEN:DIMENSION, or without the dimension its "
              "length. Without it: the likeliest word at the mask token, the similarity, the likeliest "
              "class, or the likeliest word at the first token of the text."),
          QStringLiteral("target"))
    , measure(QStringLiteral("measure"),
              TargetMessages::tr("Of words and classes: logit, log-probability or probability."),
              QStringLiteral("measure"), QStringLiteral("logit"))
    , contrast(QStringLiteral("contrast"),
               TargetMessages::tr("Another piece or class, whose measure is subtracted."),
               QStringLiteral("name"))
{
}

void TargetOptions::add_to(OptionParser &parser) const
{
    parser.addOptions({target, measure, contrast});
    set_choices(parser);
}

void TargetOptions::set_choices(OptionParser &parser)
{
    parser.setChoices(QStringLiteral("measure"), words_of(measures));
}

void TargetOptions::read(const QCommandLineParser &parser, SessionState &state) const
{
    if (parser.isSet(target))
        state.target = choice_of(parser.value(target), state.input);
    else if (const QStringList said = parser.optionNames();
             said.contains(QStringLiteral("text")) || said.contains(QStringLiteral("text-file")))
        state.target.reset(); // a session's target is one of its own text
    if (!parser.isSet(measure) && !parser.isSet(contrast))
        return;
    if (!state.target)
        throw ArgumentError(TargetMessages::tr("--measure and --contrast go with --target."));
    if (parser.isSet(measure))
        state.target->measure = one_of(QStringLiteral("--measure"), parser.value(measure), measures);
    if (parser.isSet(contrast))
        state.target->contrast = parser.value(contrast);
}

QStringList token_texts(const Trace &trace)
{
    QStringList texts;
    for (const Token &token : trace.encoding().tokens)
        texts.append(token.text);
    return texts;
}

QJsonObject target_json(const ChosenTarget &chosen)
{
    const Trace &trace = *chosen.trace;
    QJsonObject object{{QStringLiteral("model"), trace.model().name},
                       {QStringLiteral("text"), trace.encoding().text},
                       {QStringLiteral("tokens"), QJsonArray::fromStringList(token_texts(trace))},
                       {QStringLiteral("target"), targetText(chosen)},
                       {QStringLiteral("value"), target_value(chosen.target, trace)}};
    if (chosen.choice.kind == Kind::word || chosen.choice.kind == Kind::label)
        object[QStringLiteral("measure")] = QLatin1String(measureWord(chosen.choice.measure));
    if (!chosen.choice.contrast.isEmpty())
        object[QStringLiteral("contrast")] = chosen.choice.contrast;
    if (chosen.other)
        object[QStringLiteral("text_b")] = chosen.other->encoding().text;
    else if (!trace.encoding().text_b.isNull())
        object[QStringLiteral("text_b")] = trace.encoding().text_b;
    return object;
}

} // namespace encoderscope
