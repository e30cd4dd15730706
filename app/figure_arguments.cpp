// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure_arguments.h"

#include "app/command.h"
#include "app/figure_list.h"
#include "app/picture_options.h"
#include "app/reference_option.h"
#include "app/run_options.h"
#include "app/target_option.h"
#include "ui/state/run.h"

#include <QCoreApplication>

#include <array>

namespace encoderscope
{

namespace
{

struct FigureArgumentMessages {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

constexpr std::array<std::pair<const char *, Comparison>, 5> comparisons{
    {{"now", Comparison::now},
     {"before", Comparison::before},
     {"reference", Comparison::before},
     {"difference", Comparison::difference},
     {"side-by-side", Comparison::sideBySide}}};

/// The format that the file's name asks for.
FigureFormat format_of_output(const QString &path)
{
    if (path == QStringLiteral("-"))
        throw ArgumentError(FigureArgumentMessages::tr("--output -, standard output, needs --format."));
    try {
        return formatOf(path);
    } catch (const Error &error) {
        throw ArgumentError(error.message());
    }
}

/// What every kind takes beside its own parameters.
struct FigureArgumentOptions {
    RunOptions run;
    ReferenceOptions reference;
    TargetOptions target;
    QCommandLineOption compare =
        valued("compare",
               FigureArgumentMessages::tr(
                   "With something off or changed, or with a reference: now, before (the same as "
                   "reference), difference or side-by-side; without it now, with a reference difference."),
               QStringLiteral("what"), QStringLiteral("now"));
    QCommandLineOption hide_special =
        flag("hide-special", FigureArgumentMessages::tr("Without special tokens, weights renormalized."));
    QCommandLineOption pin_query =
        valued("pin-query",
               FigureArgumentMessages::tr("A token's number, from 0: it is outlined, as the one that asks."),
               QStringLiteral("token"));
    QCommandLineOption pin_key = valued(
        "pin-key",
        FigureArgumentMessages::tr("A token's number, from 0: it is outlined, as the one that is asked."),
        QStringLiteral("token"));
    PictureOptions picture{FigureArgumentMessages::tr(
        "The file to write, - for standard output; with --all-heads, and with --over unless it "
        "is webp, a folder.")};
    QCommandLineOption title =
        valued("title", FigureArgumentMessages::tr("A title instead of the figure's own; empty: none."),
               QStringLiteral("title"));
    QCommandLineOption caption =
        valued("caption", FigureArgumentMessages::tr("A caption instead of the figure's own."),
               QStringLiteral("caption"));
    QCommandLineOption over =
        valued("over",
               FigureArgumentMessages::tr(
                   "One picture after the other, as numbered files or as one animated webp, for "
                   "every value of an option of this kind: layer, head, query, or "
                   "NAME=FIRST:LAST:STEP."),
               QStringLiteral("option"));
    QCommandLineOption seconds =
        valued("seconds", FigureArgumentMessages::tr("webp with --over: how long each picture stands."),
               QStringLiteral("seconds"), QStringLiteral("1.5"));

    void add_to(OptionParser &parser) const
    {
        run.add_to(parser);
        run.add_each_line_to(parser);
        run.add_recorded_to(parser);
        reference.add_to(parser);
        picture.add_to(parser);
        parser.addOptions({compare, hide_special, pin_query, pin_key, title, caption, over, seconds});
        parser.setChoices(QStringLiteral("compare"), words_of(comparisons));
    }
};

/// The option's own text says what is chosen when nothing is.
QString described(const ParameterKind &parameter)
{
    using Type = ParameterKind::Type;
    QString text = parameter.description;
    if (parameter.type == Type::choice)
        text += QLatin1Char(' ') +
                FigureArgumentMessages::tr("One of %1; without it %2.")
                    .arg(parameter.choices.join(QStringLiteral(", ")), std::get<QString>(parameter.fallback));
    return text;
}

bool has_all_heads(const FigureKind &kind)
{
    return &kind == findFigureKind(QStringLiteral("attention"));
}

/// Layers and heads count from 1 here, with the embedding as layer 0; tokens from 0.
ParameterValue value_of(const ParameterKind &parameter, const QString &word)
{
    using Type = ParameterKind::Type;
    const QString option = QStringLiteral("--") + parameter.name;
    if (parameter.type == Type::layer && parameter.lowest < 0.0 && word == QStringLiteral("0"))
        return -1;
    if (parameter.type == Type::layer || parameter.type == Type::head)
        return index_from_one(option, word);
    try {
        return valueOf(parameter, word);
    } catch (const Error &error) {
        throw ArgumentError(QStringLiteral("--") + error.message());
    }
}

void pin_tokens(const QCommandLineParser &parser, const FigureArgumentOptions &options,
                FigureArguments &arguments)
{
    RunInput &input = arguments.state.input;
    const auto pin = [&](const QCommandLineOption &option, std::optional<TokenAnchor> &pinned) {
        if (!parser.isSet(option))
            return;
        const Encoding encoding = encodingOf(input, input.model->config.max_positions);
        const auto last = static_cast<double>(encoding.tokens.size()) - 1.0;
        pinned = anchorOf(encoding,
                          static_cast<int>(number_within(QStringLiteral("--") + option.names().constLast(),
                                                         parser.value(option), 0.0, last)));
        arguments.pinned = true;
    };
    pin(options.pin_query, arguments.state.pinned.query);
    pin(options.pin_key, arguments.state.pinned.key);
}

std::optional<QString> text_of(const QCommandLineParser &parser, const QCommandLineOption &option)
{
    if (!parser.isSet(option))
        return std::nullopt;
    return parser.value(option).isNull() ? QStringLiteral("") : parser.value(option);
}

} // namespace

QList<QCommandLineOption> options_of(const FigureKind &kind)
{
    QList<QCommandLineOption> options;
    if (has_all_heads(kind))
        options.append(flag(
            "all-heads", FigureArgumentMessages::tr("attention: one file for every head of every layer.")));
    for (const ParameterKind &parameter : kind.parameters()) {
        if (parameter.type == ParameterKind::Type::boolean)
            options.append({parameter.name, parameter.description});
        else
            options.append({parameter.name, described(parameter), QStringLiteral("value")});
    }
    if (kind.page == FigurePage::why) {
        const TargetOptions target;
        options.append({target.target, target.measure, target.contrast});
    }
    return options;
}

Parameters parameters_of(const FigureKind &kind, const QCommandLineParser &parser)
{
    Parameters parameters;
    for (const ParameterKind &parameter : kind.parameters()) {
        if (!parser.isSet(parameter.name))
            continue;
        const QString word = parser.value(parameter.name);
        const ParameterKinds kinds = kind.parameters();
        const ParameterKind *heads = findKind(kinds, QStringLiteral("heads"));
        if (parameter.type == ParameterKind::Type::boolean)
            parameters[parameter.name] = true;
        else if (parameter.type == ParameterKind::Type::head && heads && heads->choices.contains(word))
            parameters[heads->name] = word; // "--head mean"
        else
            parameters[parameter.name] = value_of(parameter, word);
    }
    return parameters;
}

Comparison comparison_named(const QString &word)
{
    return one_of(QStringLiteral("--compare"), word, comparisons);
}

int for_each_figure(const QStringList &all, const std::function<void(const FigureArguments &)> &make)
{
    PictureOptions::choose_language(all);
    if (all.contains(QStringLiteral("--list")) && !asks_for_completions(all)) {
        print_figure_list(all.contains(QStringLiteral("--json")));
        return 0;
    }

    const FigureArgumentOptions options;
    FigureArguments arguments;
    if (!all.isEmpty())
        arguments.kind = findFigureKind(all.front());
    OptionParser parser;
    parser.setApplicationDescription(arguments.kind ? kind_description(*arguments.kind)
                                                    : figure_description());
    QList<Choice> kinds;
    for (const FigureKind &kind : catalogue())
        kinds.append({QLatin1String(kind.name), kind.title()});
    parser.addPositionalArgument(QStringLiteral("kind"), FigureArgumentMessages::tr("What to show."), {},
                                 kinds);
    parser.addOptions({flag("list", FigureArgumentMessages::tr("Lists the kinds of figures.")),
                       flag("json", FigureArgumentMessages::tr(
                                        "With --list: as JSON, with the parameters of each kind."))});
    if (arguments.kind) {
        parser.addOptions(options_of(*arguments.kind));
        if (arguments.kind->page == FigurePage::why)
            TargetOptions::set_choices(parser);
        for (const ParameterKind &parameter : arguments.kind->parameters())
            parser.setChoices(parameter.name, parameter.choices);
    } else {
        for (const FigureKind &kind : catalogue())
            parser.addGroup({kind_description(kind), options_of(kind)});
    }
    options.add_to(parser);
    bool helped = false;
    try {
        parse(parser, QStringLiteral("figure"), all, helped);
    } catch (const ArgumentError &) {
        if (!arguments.kind)
            throw_unknown_word(QStringLiteral("KIND"), all.value(0), kind_names());
        throw;
    }
    if (helped)
        return 0;
    if (parser.positionalArguments().size() != 1 || !arguments.kind)
        throw_unknown_word(QStringLiteral("KIND"), parser.positionalArguments().value(0), kind_names());

    arguments.output = options.picture.output(parser);
    arguments.all_heads = has_all_heads(*arguments.kind) && parser.isSet(QStringLiteral("all-heads"));
    arguments.over = parser.value(options.over);
    arguments.seconds = number_within(QStringLiteral("--seconds"), parser.value(options.seconds), 0.02, 60.0);
    const std::optional<FigureFormat> format = options.picture.format(parser);
    const bool animation = !arguments.over.isEmpty() && format == FigureFormat::webp;
    const bool folder = arguments.all_heads || (!arguments.over.isEmpty() && !animation);
    if (folder && arguments.output == QStringLiteral("-"))
        throw ArgumentError(FigureArgumentMessages::tr(
            "--output -: a folder is written, which cannot go to standard output."));
    arguments.format = format ? *format : folder ? FigureFormat::svg : format_of_output(arguments.output);
    arguments.look = options.picture.look(parser);
    arguments.title = text_of(parser, options.title);
    arguments.caption = text_of(parser, options.caption);
    arguments.parameters = parameters_of(*arguments.kind, parser);

    if (options.run.has_each_line(parser))
        require_line_in(arguments.output);
    const QString output = arguments.output;
    return options.run.for_each_text(parser, "figure", [&](SessionState state, qint64 line) {
        arguments.state = std::move(state);
        if (line > 0)
            arguments.output = output_of_line(output, line);
        if (arguments.kind->page == FigurePage::why)
            options.target.read(parser, arguments.state);
        arguments.reference = options.reference.read(parser, arguments.state.input);
        if (parser.isSet(QStringLiteral("text")) || parser.isSet(QStringLiteral("text-b")) ||
            parser.isSet(QStringLiteral("text-file")))
            arguments.state.matches.clear(); // they are of the session's own text
        if (arguments.reference)
            arguments.state.reference = {};
        if (arguments.reference && !parser.isSet(options.compare))
            arguments.state.comparison = Comparison::difference;
        else if (parser.isSet(options.compare) || !parser.isSet(QStringLiteral("session")))
            arguments.state.comparison = comparison_named(parser.value(options.compare));
        if (!arguments.reference && arguments.state.comparison != Comparison::now)
            arguments.reference = ReferenceOptions::of_session(arguments.state);
        if (parser.isSet(options.hide_special))
            arguments.state.hidesSpecial = true;
        pin_tokens(parser, options, arguments);
        make(arguments);
    });
}

} // namespace encoderscope
