// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure_arguments.h"

#include "app/command.h"
#include "app/figure_list.h"
#include "app/reference_option.h"
#include "app/run_options.h"
#include "app/target_option.h"
#include "resources/translations/language.h"
#include "ui/state/run.h"

#include <QCoreApplication>

#include <array>

namespace encoderscope
{

namespace
{

constexpr double units_an_inch = 96.0;
constexpr double units_a_millimetre = units_an_inch / 25.4;

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

constexpr std::array<std::pair<const char *, Comparison>, 4> comparisons{
    {{"now", Comparison::now},
     {"before", Comparison::before},
     {"reference", Comparison::before},
     {"difference", Comparison::difference}}};
constexpr std::array<std::pair<const char *, Theme>, 2> themes{
    {{"light", Theme::light}, {"dark", Theme::dark}}};
constexpr std::array<std::pair<const char *, FigureFormat>, 6> formats{{{"svg", FigureFormat::svg},
                                                                        {"pdf", FigureFormat::pdf},
                                                                        {"png", FigureFormat::png},
                                                                        {"csv", FigureFormat::csv},
                                                                        {"json", FigureFormat::json},
                                                                        {"npy", FigureFormat::npy}}};

/// The format that the file's name asks for.
FigureFormat format_of_output(const QString &path)
{
    if (path == QStringLiteral("-"))
        throw ArgumentError(Messages::tr("--output -, standard output, needs --format."));
    try {
        return formatOf(path);
    } catch (const Error &error) {
        throw ArgumentError(error.message());
    }
}

QCommandLineOption valued(const char *name, const QString &description, const QString &value,
                          const QString &standard = {})
{
    return {QLatin1String(name), description, value, standard};
}

QCommandLineOption flag(const char *name, const QString &description)
{
    return {QLatin1String(name), description};
}

QStringList palettes()
{
    QStringList names;
    for (const char *name : paletteNames())
        names.append(QLatin1String(name));
    return names;
}

/// What every kind takes beside its own parameters.
struct Options {
    RunOptions run;
    ReferenceOptions reference;
    TargetOptions target;
    QCommandLineOption compare =
        valued("compare",
               Messages::tr("With something off or changed, or with a reference: now, before (the same as "
                            "reference) or difference; without it now, with a reference difference."),
               QStringLiteral("what"), QStringLiteral("now"));
    QCommandLineOption hide_special =
        flag("hide-special", Messages::tr("Without special tokens, weights renormalized."));
    QCommandLineOption pin_query =
        valued("pin-query", Messages::tr("A token's number, from 0: it is outlined, as the one that asks."),
               QStringLiteral("token"));
    QCommandLineOption pin_key =
        valued("pin-key", Messages::tr("A token's number, from 0: it is outlined, as the one that is asked."),
               QStringLiteral("token"));
    QCommandLineOption output{{QStringLiteral("o"), QStringLiteral("output")},
                              Messages::tr("The file to write, - for standard output; with --all-heads, a "
                                           "folder."),
                              QStringLiteral("path")};
    QCommandLineOption format =
        valued("format", Messages::tr("svg, pdf, png, csv, json or npy; without it, by the file's name."),
               QStringLiteral("format"));
    QCommandLineOption width =
        valued("width", Messages::tr("The picture's width in millimetres; without it, what the labels need."),
               QStringLiteral("mm"));
    QCommandLineOption height = valued(
        "height", Messages::tr("The picture's height in millimetres; without it, what the labels need."),
        QStringLiteral("mm"));
    QCommandLineOption text_size = valued("text-size", Messages::tr("The text's size in points."),
                                          QStringLiteral("pt"), QStringLiteral("10"));
    QCommandLineOption dpi =
        valued("dpi", Messages::tr("png: dots an inch."), QStringLiteral("dpi"), QStringLiteral("192"));
    QCommandLineOption scale = valued(
        "scale", Messages::tr("png: pixels for each 1/96 inch, instead of --dpi."), QStringLiteral("factor"));
    QCommandLineOption theme =
        valued("theme", Messages::tr("light or dark."), QStringLiteral("theme"), QStringLiteral("light"));
    QCommandLineOption colours =
        valued("colours", Messages::tr("viridis, cividis, magma or greys, which prints without colours."),
               QStringLiteral("name"), QStringLiteral("viridis"));
    QCommandLineOption no_values = flag("no-values", Messages::tr("No values in cells and at bars."));
    QCommandLineOption title = valued(
        "title", Messages::tr("A title instead of the figure's own; empty: none."), QStringLiteral("title"));
    QCommandLineOption caption =
        valued("caption", Messages::tr("A caption instead of the figure's own."), QStringLiteral("caption"));
    QCommandLineOption no_caption = flag("no-caption", Messages::tr("No caption below the picture."));
    QCommandLineOption language =
        valued("language", Messages::tr("The labels' language: en or ko."), QStringLiteral("code"));

    void add_to(OptionParser &parser) const
    {
        run.add_to(parser);
        run.add_each_line_to(parser);
        run.add_recorded_to(parser);
        reference.add_to(parser);
        parser.addOptions({compare, hide_special, pin_query, pin_key, output, format, width, height,
                           text_size, dpi, scale, theme, colours, no_values, title, caption, no_caption,
                           language});
        parser.setChoices(QStringLiteral("compare"), words_of(comparisons));
        parser.setChoices(QStringLiteral("format"), words_of(formats));
        parser.setChoices(QStringLiteral("theme"), words_of(themes));
        parser.setChoices(QStringLiteral("colours"), palettes());
        parser.setChoices(QStringLiteral("language"), languages());
    }
};

/// The option's own text says what is chosen when nothing is.
QString described(const ParameterKind &parameter)
{
    using Type = ParameterKind::Type;
    QString text = parameter.description;
    if (parameter.type == Type::choice)
        text += QLatin1Char(' ') +
                Messages::tr("One of %1; without it %2.")
                    .arg(parameter.choices.join(QStringLiteral(", ")), std::get<QString>(parameter.fallback));
    return text;
}

bool has_all_heads(const FigureKind &kind)
{
    return &kind == findFigureKind(QStringLiteral("attention"));
}

QList<QCommandLineOption> options_of(const FigureKind &kind)
{
    QList<QCommandLineOption> options;
    if (has_all_heads(kind))
        options.append(flag("all-heads", Messages::tr("attention: one file for every head of every layer.")));
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

QString required(const QCommandLineParser &parser, const QCommandLineOption &option)
{
    const QString value = parser.value(option);
    if (value.trimmed().isEmpty())
        throw ArgumentError(Messages::tr("--%1 is missing or empty.").arg(option.names().constLast()));
    return value;
}

FigureStyle style_of(const QCommandLineParser &parser, const Options &options)
{
    FigureStyle style =
        figureStyle(one_of(QStringLiteral("--theme"), parser.value(options.theme), themes),
                    number_within(QStringLiteral("--text-size"), parser.value(options.text_size), 4.0, 72.0));
    const qsizetype palette = palettes().indexOf(parser.value(options.colours));
    if (palette < 0)
        throw_unknown_word(QStringLiteral("--colours"), parser.value(options.colours), palettes());
    style.palette = static_cast<Palette>(palette);
    style.showCaption = !parser.isSet(options.no_caption);
    style.showNumbers = !parser.isSet(options.no_values);
    return style;
}

double millimetres(const QCommandLineParser &parser, const QCommandLineOption &option)
{
    if (!parser.isSet(option))
        return 0.0;
    return units_a_millimetre * number_within(QStringLiteral("--") + option.names().constLast(),
                                              parser.value(option), 10.0, 2000.0);
}

void pin_tokens(const QCommandLineParser &parser, const Options &options, FigureArguments &arguments)
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

int for_each_figure(const QStringList &all, const std::function<void(const FigureArguments &)> &make)
{
    // The help speaks the language that was asked for.
    const qsizetype language = all.indexOf(QStringLiteral("--language"));
    if (language >= 0 && language + 1 < all.size())
        installLanguage(all.at(language + 1));
    if (all.contains(QStringLiteral("--list")) && !asks_for_completions(all)) {
        print_figure_list(all.contains(QStringLiteral("--json")));
        return 0;
    }

    const Options options;
    FigureArguments arguments;
    if (!all.isEmpty())
        arguments.kind = findFigureKind(all.front());
    OptionParser parser;
    parser.setApplicationDescription(arguments.kind ? kind_description(*arguments.kind)
                                                    : figure_description());
    QList<Choice> kinds;
    for (const FigureKind &kind : catalogue())
        kinds.append({QLatin1String(kind.name), kind.title()});
    parser.addPositionalArgument(QStringLiteral("kind"), Messages::tr("What to show."), {}, kinds);
    parser.addOptions(
        {flag("list", Messages::tr("Lists the kinds of figures.")),
         flag("json", Messages::tr("With --list: as JSON, with the parameters of each kind."))});
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

    if (parser.isSet(options.language) && !languages().contains(parser.value(options.language)))
        throw_unknown_word(QStringLiteral("--language"), parser.value(options.language), languages());
    arguments.output = required(parser, options.output);
    arguments.all_heads = has_all_heads(*arguments.kind) && parser.isSet(QStringLiteral("all-heads"));
    if (arguments.all_heads && arguments.output == QStringLiteral("-"))
        throw ArgumentError(
            Messages::tr("--output -: a folder is written, which cannot go to standard output."));
    if (parser.isSet(options.format))
        arguments.format = one_of(QStringLiteral("--format"), parser.value(options.format), formats);
    else if (!arguments.all_heads)
        arguments.format = format_of_output(arguments.output);
    arguments.style = style_of(parser, options);
    arguments.width = millimetres(parser, options.width);
    arguments.height = millimetres(parser, options.height);
    arguments.scale =
        parser.isSet(options.scale)
            ? number_within(QStringLiteral("--scale"), parser.value(options.scale), 0.1, 32.0)
            : number_within(QStringLiteral("--dpi"), parser.value(options.dpi), 10.0, 3000.0) / units_an_inch;
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
        if (arguments.reference && !parser.isSet(options.compare))
            arguments.state.comparison = Comparison::difference;
        else if (parser.isSet(options.compare) || !parser.isSet(QStringLiteral("session")))
            arguments.state.comparison =
                one_of(QStringLiteral("--compare"), parser.value(options.compare), comparisons);
        if (parser.isSet(options.hide_special))
            arguments.state.hidesSpecial = true;
        pin_tokens(parser, options, arguments);
        make(arguments);
    });
}

} // namespace encoderscope
