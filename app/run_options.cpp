// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_options.h"

#include "app/command.h"
#include "app/model_option.h"
#include "app/session_option.h"
#include "engine/analysis/trace_reader.h"
#include "engine/corpus/sentence_reader.h"
#include "engine/model/left_out.h"
#include "engine/model/model_hash.h"
#include "engine/text/line_reader.h"
#include "engine/text/text_file.h"
#include "ui/state/run.h"
#include "ui/state/session.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>
#include <cstdio>

namespace encoderscope
{

namespace
{

const QString line_place = QStringLiteral("{line}");
constexpr qint64 largest_text_file = 64LL * 1024 * 1024;

struct RunMessages {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

constexpr std::array<std::pair<const char *, Tokenization>, 3> tokenizations{
    {{"subword", Tokenization::subword},
     {"word", Tokenization::word},
     {"character", Tokenization::character}}};
constexpr std::array<std::pair<const char *, Activation>, 8> activations{
    {{"relu", Activation::relu},
     {"gelu", Activation::gelu},
     {"gelu-tanh", Activation::gelu_tanh},
     {"silu", Activation::silu},
     {"quick-gelu", Activation::quick_gelu},
     {"mish", Activation::mish},
     {"relu-squared", Activation::relu_squared},
     {"identity", Activation::identity}}};

/// "positions", "2" (a layer), "2.1" (a head), "2.attention", "2.ffn".
void switch_off(const QString &part, const EncoderConfig &config, Switches &switches)
{
    if (part == QStringLiteral("positions")) {
        switches.positions = false;
        return;
    }
    static const QRegularExpression form(
        QStringLiteral("\\A([1-9][0-9]{0,4})(?:\\.([1-9][0-9]{0,4}|attention|ffn))?\\z"));
    const QRegularExpressionMatch match = form.match(part);
    if (!match.hasMatch())
        throw ArgumentError(
            RunMessages::tr(
                "--off: \"%1\" is not understood; \"2\" is layer 2, \"2.1\" head 1 of layer 2, also "
                "\"2.attention\", \"2.ffn\" and \"positions\".")
                .arg(part));
    const int number = match.captured(1).toInt();
    if (number > config.layers)
        throw ArgumentError(RunMessages::tr("There is no layer %1: the model has layers 1 to %2.")
                                .arg(number)
                                .arg(config.layers));
    LayerSwitches &layer = switches.layer(number - 1);
    const QString within = match.captured(2);
    if (within.isEmpty())
        layer.on = false;
    else if (within == QStringLiteral("attention"))
        layer.attention = false;
    else if (within == QStringLiteral("ffn"))
        layer.feed_forward = false;
    else if (within.toInt() > config.heads)
        throw ArgumentError(RunMessages::tr("There is no head %1: a layer of the model has heads 1 to %2.")
                                .arg(within)
                                .arg(config.heads));
    else
        layer.heads_off.insert(within.toInt() - 1);
}

QByteArray standard_input()
{
    LineReader reader(QStringLiteral("-"));
    QByteArray all;
    for (QByteArray line; reader.next(line); all += line + '\n') {
        if (reader.position() > largest_text_file)
            throw Error(QCoreApplication::translate("Model", "%1 has %2 bytes; expected at most %3.")
                            .arg(QStringLiteral("-"))
                            .arg(reader.position())
                            .arg(largest_text_file));
    }
    return all;
}

void say_where_cut(const QByteArray &command, const QString &text, qsizetype cut, bool left, int most)
{
    if (cut < 0)
        return;
    const QString message =
        left ? RunMessages::tr(
                   "The text has %1 characters; its first %2 were left out, at the %3 tokens that the "
                   "model takes.")
             : RunMessages::tr(
                   "The text has %1 characters; it was cut after %2, at the %3 tokens that the model "
                   "takes.");
    std::fprintf(stderr, "encoderscope %s: %s\n", command.constData(),
                 qUtf8Printable(message.arg(text.size()).arg(cut).arg(most)));
}

RunResult run_input(const RunInput &input, const QByteArray &command)
{
    RunCaches caches;
    RunResult result = runAlone(input, caches);
    for (const QString &reason : left_out_of(input.model->output))
        std::fprintf(stderr, "encoderscope %s: %s\n", command.constData(), qUtf8Printable(reason));
    const Encoding &encoding = result.now->encoding();
    const int most = input.model->config.max_positions;
    say_where_cut(command, encoding.text, encoding.cut_a, encoding.cut_left, most);
    say_where_cut(command, encoding.text_b, encoding.cut_b, encoding.cut_left, most);
    return result;
}

} // namespace

Activation activation_named(const QString &name)
{
    return one_of(QStringLiteral("--activation"), name, activations);
}

RunOptions::RunOptions()
    : trace_(valued("trace",
                    RunMessages::tr("A run that was written to a file, by the command trace or from another "
                                    "program, instead of running a model."),
                    QStringLiteral("file")))
    , text_(valued("text", RunMessages::tr("The text, or sentence A of a pair."), QStringLiteral("text")))
    , text_file_(valued("text-file", RunMessages::tr("A file with the text (UTF-8); - for standard input."),
                        QStringLiteral("file")))
    , each_line_(
          QStringLiteral("each-line"),
          RunMessages::tr("Each line of --text-file is a text of its own, or each row of its column text "
                          "(.csv, .tsv, .jsonl). {line} in --output becomes its number; JSON without it: "
                          "one result a line."))
    , text_b_(valued("text-b", RunMessages::tr("Sentence B of a pair."), QStringLiteral("text")))
    , model_(model_option())
    , tokenization_(valued("tokenization", RunMessages::tr("The pieces: subword, word or character."),
                           QStringLiteral("pieces"), QStringLiteral("subword")))
    , off_(valued("off",
                  RunMessages::tr("Switches something off; may be repeated. 2: layer 2; 2.1: its head 1; "
                                  "2.attention, 2.ffn: a sublayer; positions."),
                  QStringLiteral("part")))
    , mask_(valued(
          "mask",
          RunMessages::tr("A token's number, from 0, or a word: no token attends to it; may be repeated."),
          QStringLiteral("token")))
    , replace_(valued(
          "replace",
          RunMessages::tr("A token's number, or a word: the model's mask token stands in its place; may "
                          "be repeated."),
          QStringLiteral("token")))
    , temperature_(valued("temperature",
                          RunMessages::tr("Scaled scores are divided by it before the softmax."),
                          QStringLiteral("t"), QStringLiteral("1")))
    , activation_(valued("activation",
                         RunMessages::tr("Another activation in every FFN: relu, gelu, gelu-tanh, silu, "
                                         "quick-gelu, mish, relu-squared, or identity for none."),
                         QStringLiteral("name")))
    , long_(valued("long", RunMessages::tr("A text that is too long for the model: cut, or refuse."),
                   QStringLiteral("what"), QStringLiteral("cut")))
{
}

void RunOptions::add_to(OptionParser &parser) const
{
    parser.addOptions({session_option(), text_, text_file_, text_b_, model_, tokenization_, off_, mask_,
                       replace_, temperature_, activation_, long_});
    steering_.add_to(parser);
    parser.setChoices(tokenization_.names().first(), words_of(tokenizations));
    parser.setChoices(activation_.names().first(), words_of(activations));
    parser.setChoices(long_.names().first(), words_of(long_texts));
}

void RunOptions::add_recorded_to(OptionParser &parser) const
{
    parser.addOption(trace_);
}

void RunOptions::add_each_line_to(OptionParser &parser) const
{
    parser.addOption(each_line_);
}

bool RunOptions::has_each_line(const QCommandLineParser &parser) const
{
    return parser.optionNames().contains(each_line_.names().constFirst());
}

SessionState RunOptions::opened(const QCommandLineParser &parser) const
{
    one_of(QStringLiteral("--long"), parser.value(long_), long_texts);
    SessionState state = session_from(parser);
    state.input = input_from(parser);
    return state;
}

SessionState RunOptions::read(const QCommandLineParser &parser) const
{
    if (parser.isSet(text_) && parser.isSet(text_file_))
        throw ArgumentError(RunMessages::tr("Say --text or --text-file, not both."));
    if (parser.optionNames().contains(trace_.names().constFirst()))
        return read_recorded(parser);
    SessionState state = opened(parser);
    RunInput &input = state.input;
    if (parser.isSet(text_file_)) {
        const QString file = parser.value(text_file_);
        input.text = text_of(
            file == QStringLiteral("-") ? standard_input() : read_bytes(file, largest_text_file), file);
        if (input.text.endsWith(QLatin1Char('\n')))
            input.text.chop(1);
        if (!parser.isSet(text_b_))
            input.textB.reset();
        input.masked.clear();
        input.replaced.clear();
    }
    apply(parser, input);
    return state;
}

int RunOptions::for_each_text(const QCommandLineParser &parser, const QByteArray &command,
                              const std::function<void(SessionState, qint64)> &use) const
{
    if (!has_each_line(parser)) {
        use(read(parser), 0);
        return 0;
    }
    if (!parser.isSet(text_file_) || parser.isSet(text_))
        throw ArgumentError(RunMessages::tr("--each-line goes with --text-file."));
    if (parser.optionNames().contains(trace_.names().constFirst()))
        throw ArgumentError(RunMessages::tr("--trace is a run that was made already: --%1 cannot change it.")
                                .arg(each_line_.names().constLast()));
    const SessionState common = opened(parser);
    const QString file = parser.value(text_file_);
    SentenceReader reader({.path = file, .format = format_of_file(file), .field = {}});
    qint64 failed = 0;
    const auto say = [&](const QString &message) {
        ++failed;
        std::fprintf(stderr, "encoderscope %s: %s\n", command.constData(), qUtf8Printable(message));
    };
    while (true) {
        std::optional<SourceSentence> sentence;
        try {
            sentence = reader.next();
            if (!sentence)
                break;
        } catch (const BadLine &line) {
            say(line.message());
            continue;
        }
        try {
            SessionState state = common;
            state.input.text = sentence->text;
            if (!parser.isSet(text_b_))
                state.input.textB.reset();
            state.input.masked.clear();
            state.input.replaced.clear();
            apply(parser, state.input);
            use(std::move(state), sentence->line);
        } catch (const Error &error) {
            say(RunMessages::tr("%1, line %2: %3").arg(file).arg(sentence->line).arg(error.message()));
        }
    }
    return failed > 0 ? 1 : 0;
}

void RunOptions::apply(const QCommandLineParser &parser, RunInput &input) const
{
    const bool refuse = one_of(QStringLiteral("--long"), parser.value(long_), long_texts);
    if (input.text.trimmed().isEmpty())
        throw ArgumentError(RunMessages::tr("--text is missing or empty."));
    if (parser.isSet(text_b_) && parser.value(text_b_).trimmed().isEmpty())
        throw ArgumentError(RunMessages::tr("--text-b is missing or empty."));
    if (parser.isSet(tokenization_))
        input.tokenization =
            one_of(QStringLiteral("--tokenization"), parser.value(tokenization_), tokenizations);
    if (parser.isSet(temperature_))
        input.switches.temperature = static_cast<float>(
            number_within(QStringLiteral("--temperature"), parser.value(temperature_), 1e-3, 1e3));
    if (parser.isSet(activation_))
        input.switches.activation = activation_named(parser.value(activation_));
    if (parser.isSet(model_))
        input.reference = referenceOf(*input.model);
    input.reference.hash = model_hash(*input.model);
    for (const QString &part : parser.values(off_))
        switch_off(part, input.model->config, input.switches);
    steering_.apply(parser, input);
    const int most = input.model->config.max_positions;
    const Encoding encoding = with_granularity(input.model->tokenizer, input.tokenization)
                                  ->encode(input.text, input.textB.value_or(QString()), most);
    if (refuse && (encoding.cut_a >= 0 || encoding.cut_b >= 0))
        throw Error(RunMessages::tr("The text is longer than the %1 tokens that the model takes.").arg(most));
    for (const QString &what : parser.values(mask_))
        input.masked.merge(anchors_of(QStringLiteral("--mask"), what, encoding));
    for (const QString &what : parser.values(replace_))
        input.replaced.merge(anchors_of(QStringLiteral("--replace"), what, encoding));
    if (!input.replaced.empty() && input.model->tokenizer->mask_id() < 0)
        throw ArgumentError(RunMessages::tr("--replace: the model has no mask token."));
}

SessionState RunOptions::read_recorded(const QCommandLineParser &parser) const
{
    const QList<QCommandLineOption> own{session_option(), text_,         text_file_,  text_b_,
                                        model_,           tokenization_, off_,        mask_,
                                        replace_,         temperature_,  activation_, long_};
    for (const QCommandLineOption &option : own + steering_.all()) {
        if (parser.isSet(option))
            throw ArgumentError(
                RunMessages::tr("--trace is a run that was made already: --%1 cannot change it.")
                    .arg(option.names().constLast()));
    }
    SessionState state;
    state.input = recordedInput(read_trace(parser.value(trace_)));
    return state;
}

Frame run_state(const SessionState &state, const QByteArray &command)
{
    const RunResult result = run_input(state.input, command);
    return frameOf(state, {result.now, result.before, state.comparison});
}

Frame run_against(const SessionState &state, const RunInput &reference, const QByteArray &command)
{
    const TracePtr now = run_input(state.input, command).now;
    const TracePtr before = run_input(reference, command).now;
    Frame frame = frameOf(state, {now, before, state.comparison});
    frame.reference = ReferenceRun::other;
    frame.referenceHash = model_hash(before->model());
    return frame;
}

QString output_of_line(const QString &output, qint64 line)
{
    return QString(output).replace(line_place, QString::number(line));
}

void require_line_in(const QString &output)
{
    if (!output.contains(line_place))
        throw ArgumentError(RunMessages::tr(
            "--each-line makes many files: --output needs {line} where their numbers go, as in "
            "out-{line}.svg."));
}

int index_from_one(const QString &option, const QString &word)
{
    bool valid = false;
    const int number = word.toInt(&valid);
    if (!valid || number < 1)
        throw ArgumentError(RunMessages::tr("%1: \"%2\" is not a number from 1.").arg(option, word));
    return number - 1;
}

TokenAnchors anchors_of(const QString &option, const QString &what, const Encoding &encoding)
{
    bool number = false;
    const int token = what.toInt(&number);
    const int tokens = static_cast<int>(encoding.tokens.size());
    if (number) {
        if (token < 0 || token >= tokens)
            throw ArgumentError(RunMessages::tr("%1: there is no token %2: the text has tokens 0 to %3.")
                                    .arg(option)
                                    .arg(token)
                                    .arg(tokens - 1));
        return {anchorOf(encoding, token)};
    }
    TokenAnchors found;
    for (int one = 0; one < tokens; ++one) {
        const Token &candidate = encoding.tokens[static_cast<std::size_t>(one)];
        const QString &text = candidate.segment == 0 ? encoding.text : encoding.text_b;
        const qsizetype begin = text.indexOf(what);
        if (!candidate.special && begin >= 0 && candidate.begin >= begin &&
            candidate.end <= begin + what.size())
            found.insert(anchorOf(encoding, one));
    }
    if (found.empty())
        throw ArgumentError(RunMessages::tr("%1: the text has no \"%2\".").arg(option, what));
    return found;
}

QString required(const QCommandLineParser &parser, const QCommandLineOption &option)
{
    const QString value = parser.value(option);
    if (value.trimmed().isEmpty())
        throw ArgumentError(RunMessages::tr("--%1 is missing or empty.").arg(option.names().constLast()));
    return value;
}

int whole_within(const QString &option, const QString &word, int lowest, int highest)
{
    bool valid = false;
    const int number = word.toInt(&valid);
    if (!valid || number < lowest || number > highest)
        throw ArgumentError(RunMessages::tr("%1: \"%2\" is not a whole number from %3 to %4.")
                                .arg(option, word)
                                .arg(lowest)
                                .arg(highest));
    return number;
}

double number_within(const QString &option, const QString &word, double lowest, double highest)
{
    bool valid = false;
    const double number = word.toDouble(&valid);
    if (!valid || !(number >= lowest && number <= highest))
        throw ArgumentError(RunMessages::tr("%1: \"%2\" is not a number from %3 to %4.")
                                .arg(option, word)
                                .arg(lowest)
                                .arg(highest));
    return number;
}

void throw_unknown_word(const QString &option, const QString &word, const QStringList &known)
{
    throw ArgumentError(RunMessages::tr("%1: \"%2\" is not known; one of %3 was expected.")
                            .arg(option, word, known.join(QStringLiteral(", "))));
}

} // namespace encoderscope
