// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure_arguments.h"

#include "app/command.h"
#include "app/model_option.h"
#include "resources/translations/language.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

namespace encoderscope
{

namespace
{

/// The format that the file's name asks for.
FigureFormat format_of_output(const QString &path)
{
    if (path == QStringLiteral("-"))
        throw ArgumentError(
            QCoreApplication::translate("Command", "--output -, standard output, needs --format."));
    try {
        return formatOf(path);
    } catch (const Error &error) {
        throw ArgumentError(error.message());
    }
}

/// An option's words and what they mean; throws ArgumentError that lists them.
template <typename Value, std::size_t count>
Value one_of(const QString &option, const QString &word,
             const std::array<std::pair<const char *, Value>, count> &all)
{
    QStringList words;
    for (const auto &[name, value] : all) {
        if (word == QLatin1String(name))
            return value;
        words.append(QLatin1String(name));
    }
    throw ArgumentError(
        QCoreApplication::translate("Command", "%1: \"%2\" is not known; one of %3 was expected.")
            .arg(option, word, words.join(QStringLiteral(", "))));
}

/// A number from 1, as 0-based index.
int index_from_one(const QString &option, const QString &word)
{
    bool valid = false;
    const int number = word.toInt(&valid);
    if (!valid || number < 1)
        throw ArgumentError(
            QCoreApplication::translate("Command", "%1: \"%2\" is not a number from 1.").arg(option, word));
    return number - 1;
}

constexpr std::array<std::pair<const char *, EmbeddingStage>, 7> stages{
    {{"token", EmbeddingStage::token},
     {"scaled", EmbeddingStage::scaled},
     {"position", EmbeddingStage::position},
     {"token-type", EmbeddingStage::tokenType},
     {"sum", EmbeddingStage::sum},
     {"normalized", EmbeddingStage::normalized},
     {"output", EmbeddingStage::output}}};
constexpr std::array<std::pair<const char *, bool>, 2> activations{{{"before", false}, {"after", true}}};
constexpr std::array<std::pair<const char *, AttentionQuantity>, 3> quantities{
    {{"weights", AttentionQuantity::weights},
     {"scaled-scores", AttentionQuantity::scaledScores},
     {"raw-scores", AttentionQuantity::rawScores}}};
constexpr std::array<std::pair<const char *, Comparison>, 3> comparisons{
    {{"now", Comparison::now}, {"before", Comparison::before}, {"difference", Comparison::difference}}};
constexpr std::array<std::pair<const char *, Theme>, 2> themes{
    {{"light", Theme::light}, {"dark", Theme::dark}}};
constexpr std::array<std::pair<const char *, FigureFormat>, 6> formats{{{"svg", FigureFormat::svg},
                                                                        {"pdf", FigureFormat::pdf},
                                                                        {"png", FigureFormat::png},
                                                                        {"csv", FigureFormat::csv},
                                                                        {"json", FigureFormat::json},
                                                                        {"npy", FigureFormat::npy}}};

/// "positions", "2" (a layer), "2.1" (a head), "2.attention", "2.ffn".
void switch_off(const QString &part, Switches &switches)
{
    if (part == QStringLiteral("positions")) {
        switches.positions = false;
        return;
    }
    static const QRegularExpression form(
        QStringLiteral("\\A([1-9][0-9]{0,4})(?:\\.([1-9][0-9]{0,4}|attention|ffn))?\\z"));
    const QRegularExpressionMatch match = form.match(part);
    if (!match.hasMatch())
        throw ArgumentError(QCoreApplication::translate(
                                "Command",
                                "--off: \"%1\" is not understood; \"2\" is layer 2, \"2.1\" head 1 of "
                                "layer 2, also \"2.attention\", \"2.ffn\" and \"positions\".")
                                .arg(part));
    LayerSwitches &layer = switches.layer(match.captured(1).toInt() - 1);
    const QString within = match.captured(2);
    if (within.isEmpty())
        layer.on = false;
    else if (within == QStringLiteral("attention"))
        layer.attention = false;
    else if (within == QStringLiteral("ffn"))
        layer.feed_forward = false;
    else
        layer.heads_off.insert(within.toInt() - 1);
}

enum class Kind { embedding, positions, attention, heads, feed_forward, hidden };
constexpr std::array<std::pair<const char *, Kind>, 6> kinds{{{"embedding", Kind::embedding},
                                                              {"positions", Kind::positions},
                                                              {"attention", Kind::attention},
                                                              {"heads", Kind::heads},
                                                              {"feed-forward", Kind::feed_forward},
                                                              {"hidden", Kind::hidden}}};

QString description()
{
    return QCoreApplication::translate(
        "Command",
        "Runs the encoder on a text and writes a figure of it to a file: a picture (.png, .svg, .pdf) or "
        "the numbers (.csv, .json, .npy).\n\n"
        "Kinds:\n"
        "  embedding     tokens x d_model at a stage of the input embedding (--stage)\n"
        "  positions     position x dimension of the positional encoding\n"
        "  attention     query x key of one head, or of all heads of a layer (--layer, --head)\n"
        "  heads         attention of every head of every layer\n"
        "  feed-forward  tokens x d_ff before or after the activation (--layer, --stage)\n"
        "  hidden        tokens x d_model after a layer (--layer; 0 is the embedding)\n\n"
        "Layers and heads count from 1. Exit code 0: the file is complete; 1: failure, no file; "
        "2: wrong arguments.");
}

struct Options {
    QCommandLineOption text{QStringLiteral("text"), QCoreApplication::translate("Command", "The sentence."),
                            QStringLiteral("text")};
    QCommandLineOption text_b{QStringLiteral("text-b"),
                              QCoreApplication::translate("Command", "A second sentence."),
                              QStringLiteral("text")};
    QCommandLineOption model = model_option();
    QCommandLineOption layer{QStringLiteral("layer"),
                             QCoreApplication::translate("Command", "The layer, from 1."),
                             QStringLiteral("n"), QStringLiteral("1")};
    QCommandLineOption head{
        QStringLiteral("head"),
        QCoreApplication::translate("Command", "The head, from 1; or mean or max of the layer's heads."),
        QStringLiteral("n"), QStringLiteral("1")};
    QCommandLineOption stage{QStringLiteral("stage"),
                             QCoreApplication::translate(
                                 "Command",
                                 "embedding: token, scaled, position, token-type, sum, normalized or output; "
                                 "feed-forward: before or after (the activation)."),
                             QStringLiteral("stage")};
    QCommandLineOption quantity{
        QStringLiteral("quantity"),
        QCoreApplication::translate("Command", "attention: weights, scaled-scores or raw-scores."),
        QStringLiteral("quantity"), QStringLiteral("weights")};
    QCommandLineOption logarithmic{
        QStringLiteral("log"),
        QCoreApplication::translate("Command", "attention: a logarithmic colour scale.")};
    QCommandLineOption hide_special{
        QStringLiteral("hide-special"),
        QCoreApplication::translate("Command",
                                    "attention, heads: without special tokens, weights renormalized.")};
    QCommandLineOption off{
        QStringLiteral("off"),
        QCoreApplication::translate("Command",
                                    "Switches something off; may be repeated. 2: layer 2; 2.1: its head 1; "
                                    "2.attention, 2.ffn: a sublayer; positions."),
        QStringLiteral("part")};
    QCommandLineOption compare{
        QStringLiteral("compare"),
        QCoreApplication::translate("Command", "With --off: now, before or difference."),
        QStringLiteral("what"), QStringLiteral("now")};
    QCommandLineOption output{
        {QStringLiteral("o"), QStringLiteral("output")},
        QCoreApplication::translate("Command",
                                    "The file to write, - for standard output; with --all-heads, a folder."),
        QStringLiteral("path")};
    QCommandLineOption all_heads{
        QStringLiteral("all-heads"),
        QCoreApplication::translate("Command", "attention: one file for every head of every layer.")};
    QCommandLineOption format{
        QStringLiteral("format"),
        QCoreApplication::translate("Command",
                                    "svg, pdf, png, csv, json or npy; without it, by the file's name."),
        QStringLiteral("format")};
    QCommandLineOption scale{QStringLiteral("scale"),
                             QCoreApplication::translate("Command", "png: pixels for each 1/96 inch."),
                             QStringLiteral("factor"), QStringLiteral("2")};
    QCommandLineOption theme{QStringLiteral("theme"),
                             QCoreApplication::translate("Command", "light or dark."),
                             QStringLiteral("theme"), QStringLiteral("light")};
    QCommandLineOption title{
        QStringLiteral("title"),
        QCoreApplication::translate("Command", "A title instead of the figure's own; empty: none."),
        QStringLiteral("title")};
    QCommandLineOption no_caption{QStringLiteral("no-caption"),
                                  QCoreApplication::translate("Command", "No caption below the picture.")};
    QCommandLineOption language{QStringLiteral("language"),
                                QCoreApplication::translate("Command", "The labels' language: en or ko."),
                                QStringLiteral("code")};

    void add_to(QCommandLineParser &parser) const
    {
        parser.addOptions({text, text_b, model, layer, head, stage, quantity, logarithmic, hide_special, off,
                           compare, output, all_heads, format, scale, theme, title, no_caption, language});
    }
};

Kind parse_kind(const QStringList &positional)
{
    if (positional.size() != 1)
        throw ArgumentError(QCoreApplication::translate(
            "Command", "Say one kind of figure: embedding, positions, attention, heads, "
                       "feed-forward or hidden."));
    return one_of(QStringLiteral("KIND"), positional.front(), kinds);
}

QString required(const QCommandLineParser &parser, const QCommandLineOption &option)
{
    const QString value = parser.value(option);
    if (value.trimmed().isEmpty())
        throw ArgumentError(QCoreApplication::translate("Command", "--%1 is missing or empty.")
                                .arg(option.names().constLast()));
    return value;
}

double parse_scale(const QString &word)
{
    bool valid = false;
    const double scale = word.toDouble(&valid);
    if (!valid || !(scale >= 0.1 && scale <= 32.0))
        throw ArgumentError(
            QCoreApplication::translate("Command", "--scale: \"%1\" is not a number from 0.1 to 32.")
                .arg(word));
    return scale;
}

AttentionView parse_attention(const QCommandLineParser &parser, const Options &options)
{
    AttentionView view;
    const QString head = parser.value(options.head);
    if (head == QStringLiteral("mean"))
        view.heads = HeadSelection::mean;
    else if (head == QStringLiteral("max"))
        view.heads = HeadSelection::maximum;
    else
        view.head = index_from_one(QStringLiteral("--head"), head);
    view.quantity = one_of(QStringLiteral("--quantity"), parser.value(options.quantity), quantities);
    view.logarithmic = parser.isSet(options.logarithmic);
    view.hideSpecial = parser.isSet(options.hide_special);
    return view;
}

std::function<FigurePtr(const ComparedTrace &)> maker(Kind kind, const AttentionView &view,
                                                      const QString &stage)
{
    const QString option = QStringLiteral("--stage");
    switch (kind) {
    case Kind::embedding: {
        const EmbeddingStage chosen =
            stage.isEmpty() ? EmbeddingStage::output : one_of(option, stage, stages);
        return [chosen](const ComparedTrace &trace) { return embeddingFigure(trace, chosen); };
    }
    case Kind::positions:
        return [](const ComparedTrace &trace) { return positionsFigure(trace); };
    case Kind::attention:
        return [view](const ComparedTrace &trace) { return attentionFigure(trace, view); };
    case Kind::heads:
        return [hide = view.hideSpecial](const ComparedTrace &trace) { return headsFigure(trace, hide); };
    case Kind::feed_forward: {
        const bool activated = stage.isEmpty() || one_of(option, stage, activations);
        return [view, activated](const ComparedTrace &trace) {
            return feedForwardFigure(trace, view.layer, activated);
        };
    }
    case Kind::hidden:
        break;
    }
    return [view](const ComparedTrace &trace) { return hiddenFigure(trace, view.layer); };
}

/// Throws ArgumentError when a layer or head does not exist in the model.
void check_against(const FigureArguments &arguments, const EncoderConfig &config)
{
    const auto check_layer = [&config](int layer) {
        if (layer >= config.layers)
            throw ArgumentError(
                QCoreApplication::translate("Command", "There is no layer %1: the model has layers 1 to %2.")
                    .arg(layer + 1)
                    .arg(config.layers));
    };
    const auto check_head = [&config](int head) {
        if (head >= config.heads)
            throw ArgumentError(QCoreApplication::translate(
                                    "Command", "There is no head %1: a layer of the model has heads 1 to %2.")
                                    .arg(head + 1)
                                    .arg(config.heads));
    };
    check_layer(arguments.attention.layer);
    check_head(arguments.attention.head);
    check_layer(static_cast<int>(arguments.switches.layers.size()) - 1);
    for (const LayerSwitches &layer : arguments.switches.layers) {
        if (!layer.heads_off.empty())
            check_head(*layer.heads_off.rbegin());
    }
}

} // namespace

std::optional<FigureArguments> parse_figure_arguments(const QStringList &all)
{
    // The help speaks the language that was asked for.
    const qsizetype language = all.indexOf(QStringLiteral("--language"));
    if (language >= 0 && language + 1 < all.size())
        installLanguage(all.at(language + 1));

    const Options options;
    QCommandLineParser parser;
    parser.setApplicationDescription(description());
    parser.addPositionalArgument(QStringLiteral("kind"),
                                 QCoreApplication::translate("Command", "What to show."));
    options.add_to(parser);
    bool helped = false;
    parse(parser, QStringLiteral("figure"), all, helped);
    if (helped)
        return std::nullopt;

    FigureArguments arguments;
    if (parser.isSet(options.language) && !languages().contains(parser.value(options.language)))
        throw ArgumentError(
            QCoreApplication::translate("Command", "%1: \"%2\" is not known; one of %3 was expected.")
                .arg(QStringLiteral("--language"), parser.value(options.language),
                     languages().join(QStringLiteral(", "))));
    const Kind kind = parse_kind(parser.positionalArguments());
    arguments.text = required(parser, options.text);
    if (parser.isSet(options.text_b))
        arguments.text_b = required(parser, options.text_b);
    arguments.output = required(parser, options.output);
    arguments.all_heads = parser.isSet(options.all_heads);
    if (arguments.all_heads && arguments.output == QStringLiteral("-"))
        throw ArgumentError(QCoreApplication::translate(
            "Command", "--output -: a folder is written, which cannot go to standard output."));
    if (arguments.all_heads && kind != Kind::attention)
        throw ArgumentError(
            QCoreApplication::translate("Command", "--all-heads goes with the kind attention."));
    if (parser.isSet(options.format))
        arguments.format = one_of(QStringLiteral("--format"), parser.value(options.format), formats);
    else if (!arguments.all_heads)
        arguments.format = format_of_output(arguments.output);
    arguments.scale = parse_scale(parser.value(options.scale));
    arguments.style =
        figureStyle(one_of(QStringLiteral("--theme"), parser.value(options.theme), themes), 10.0);
    arguments.style.showCaption = !parser.isSet(options.no_caption);
    if (parser.isSet(options.title))
        arguments.title =
            parser.value(options.title).isNull() ? QStringLiteral("") : parser.value(options.title);

    arguments.attention = parse_attention(parser, options);
    const QString layer = parser.value(options.layer);
    arguments.attention.layer = kind == Kind::hidden && layer == QStringLiteral("0")
                                    ? -1
                                    : index_from_one(QStringLiteral("--layer"), layer);
    arguments.comparison = one_of(QStringLiteral("--compare"), parser.value(options.compare), comparisons);
    for (const QString &part : parser.values(options.off))
        switch_off(part, arguments.switches);
    arguments.make = maker(kind, arguments.attention, parser.value(options.stage));
    arguments.model = model_from(parser);
    check_against(arguments, arguments.model->config);
    return arguments;
}

} // namespace encoderscope
