// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/result_file.h"
#include "app/target_option.h"
#include "engine/attribution/deletion_curves.h"
#include "engine/attribution/input_pairs.h"
#include "engine/attribution/similarity_pairs.h"
#include "engine/attribution/token_methods.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

constexpr int random_orders = 10;

struct ExplainOptions {
    RunOptions run;
    TargetOptions target;
    OutputOptions output;
    QCommandLineOption method{
        QStringLiteral("method"),
        QCoreApplication::translate("Command", "How; may be repeated. Without it: all of them."),
        QStringLiteral("method")};
    QCommandLineOption steps{
        QStringLiteral("steps"),
        QCoreApplication::translate("Command", "Points on the way of integrated gradients."),
        QStringLiteral("n"), QStringLiteral("50")};
    QCommandLineOption baseline{
        QStringLiteral("baseline"),
        QCoreApplication::translate(
            "Command", "What a word is compared with or replaced by: mask (the mask token), zero or average "
                       "(of the embedding table)."),
        QStringLiteral("baseline"), QStringLiteral("mask")};
    QCommandLineOption curves{QStringLiteral("curves"),
                              QCoreApplication::translate(
                                  "Command", "The proof: deletion and insertion curves of each method and of "
                                             "ten random orders.")};
    QCommandLineOption seed{QStringLiteral("seed"),
                            QCoreApplication::translate("Command", "Of the random orders."),
                            QStringLiteral("n"), QStringLiteral("1")};
    QCommandLineOption input_pairs{
        QStringLiteral("input-pairs"),
        QCoreApplication::translate("Command",
                                    "The same over pairs of input tokens, by integrated Jacobians: with "
                                    "--baseline and --steps.")};
    QCommandLineOption pairs{QStringLiteral("pairs"),
                             QCoreApplication::translate(
                                 "Command", "Instead of methods: the cosine of --text and --text-b as a sum "
                                            "over pairs of their tokens.")};
};

QString explain_description()
{
    return QCoreApplication::translate(
        "Command",
        "Says what each token did for a number of the encoder's run: a score for each token and method.\n\n"
        "Methods:\n"
        "  gradient              length of the gradient by the token's embedding\n"
        "  gradient-x-input      that gradient times the embedding\n"
        "  integrated-gradients  the gradient averaged on the way from a baseline, times the way\n"
        "  occlusion             the change when the token becomes the baseline\n"
        "  key-mask              the change when nothing attends to the token\n"
        "  deletion              the change when the text is run without the token\n"
        "  rollout               attention rolled out over the layers\n"
        "  norm, residual, globenc, alti  the same of the values' norms, with residual and norms\n\n"
        "CSV: a line for each token; NPY: [tokens x methods], or with --pairs or --input-pairs [tokens of A "
        "x tokens of "
        "B].");
}

QJsonObject json_of(const Curve &curve)
{
    QJsonArray values;
    for (const double value : curve.values)
        values.append(value);
    return {{QStringLiteral("values"), values}, {QStringLiteral("area"), curve.area}};
}

QJsonObject json_of(const Curves &curves)
{
    return {{QStringLiteral("deletion"), json_of(curves.deletion)},
            {QStringLiteral("insertion"), json_of(curves.insertion)}};
}

QStringList names_of_methods()
{
    QStringList names;
    for (const NamedMethod &one : token_methods())
        names.append(QLatin1String(one.name));
    return names;
}

/// The methods that were asked for, or all.
std::vector<NamedMethod> methods_of(const QStringList &names)
{
    if (names.isEmpty())
        return {token_methods().begin(), token_methods().end()};
    std::vector<NamedMethod> wanted;
    const QStringList known = names_of_methods();
    for (const QString &name : names) {
        const qsizetype at = known.indexOf(name);
        if (at < 0)
            throw_unknown_word(QStringLiteral("--method"), name, known);
        wanted.push_back(token_methods()[static_cast<std::size_t>(at)]);
    }
    return wanted;
}

CommandResult explain_tokens(const ChosenTarget &chosen, const QCommandLineParser &parser,
                             const ExplainOptions &options)
{
    const Baseline baseline = one_of(QStringLiteral("--baseline"), parser.value(options.baseline), baselines);
    const int steps =
        whole_within(QStringLiteral("--steps"), parser.value(options.steps), 1, most_gradient_steps);
    const int seed = whole_within(QStringLiteral("--seed"), parser.value(options.seed), 0, 1 << 30);
    const std::vector<NamedMethod> wanted = methods_of(parser.values(options.method));

    CommandResult result;
    result.json = target_json(chosen);
    result.json[QStringLiteral("baseline")] = parser.value(options.baseline);
    result.numbers.resize(chosen.trace->tokens(), static_cast<Eigen::Index>(wanted.size()));
    QStringList names;
    std::vector<QJsonObject> methods;
    std::vector<std::vector<int>> orders;
    for (const auto &[name, method] : wanted) {
        const MethodScores found = token_scores(method, chosen.target, *chosen.trace, baseline, steps);
        QJsonObject details{{QStringLiteral("scores"), json_numbers(found.scores)}};
        if (found.gap) {
            details[QStringLiteral("steps")] = steps;
            details[QStringLiteral("baseline_value")] = *found.baseline_value;
            details[QStringLiteral("gap")] = *found.gap;
        }
        methods.push_back(details);
        orders.push_back(order_by_scores(chosen.target, *chosen.trace, found.scores));
        result.numbers.col(names.size()) = found.scores;
        names.append(QLatin1String(name));
    }
    if (parser.isSet(options.curves)) {
        const std::vector<Curves> curves = deletion_curves(chosen.target, *chosen.trace, orders, baseline);
        for (std::size_t at = 0; at < methods.size(); ++at)
            methods[at][QStringLiteral("curves")] = json_of(curves[at]);
        QJsonObject random = json_of(random_curves(chosen.target, *chosen.trace, random_orders,
                                                   static_cast<std::uint64_t>(seed), baseline));
        random[QStringLiteral("orders")] = random_orders;
        random[QStringLiteral("seed")] = seed;
        result.json[QStringLiteral("random")] = random;
    }
    QJsonObject scores;
    for (std::size_t at = 0; at < methods.size(); ++at)
        scores[names[static_cast<qsizetype>(at)]] = methods[at];
    result.json[QStringLiteral("methods")] = scores;

    result.columns = QStringList{QStringLiteral("position"), QStringLiteral("token")} + names;
    const QStringList texts = token_texts(*chosen.trace);
    for (Eigen::Index token = 0; token < result.numbers.rows(); ++token)
        result.rows.push_back(csv_row({QString::number(token), texts[token]}, result.numbers.row(token)));
    return result;
}

/// Of the last hidden states, or of the input tokens.
CommandResult explain_pairs(const ChosenTarget &chosen, const QCommandLineParser &parser,
                            const ExplainOptions &options)
{
    const bool of_input = parser.isSet(options.input_pairs);
    if (!chosen.other)
        throw ArgumentError(QCoreApplication::translate("Command", "--%1 goes with the target similarity.")
                                .arg((of_input ? options.input_pairs : options.pairs).names().constFirst()));
    CommandResult result;
    result.json = target_json(chosen);
    if (of_input) {
        const Baseline baseline =
            one_of(QStringLiteral("--baseline"), parser.value(options.baseline), baselines);
        const int steps =
            whole_within(QStringLiteral("--steps"), parser.value(options.steps), 1, most_gradient_steps);
        const InputPairs found = input_pairs(*chosen.trace, *chosen.other, baseline, steps);
        result.numbers = found.pairs;
        result.json[QStringLiteral("baseline")] = parser.value(options.baseline);
        result.json[QStringLiteral("steps")] = steps;
        result.json[QStringLiteral("of_baselines")] = found.of_baselines;
        result.json[QStringLiteral("gap")] = found.gap;
    } else {
        result.numbers = similarity_pairs(*chosen.trace, *chosen.other);
    }
    const QStringList texts_b = token_texts(*chosen.other);
    result.json[QStringLiteral("tokens_b")] = QJsonArray::fromStringList(texts_b);
    result.json[QStringLiteral("pairs")] = json_rows(result.numbers);
    result.columns = QStringList{QString()} + texts_b;
    const QStringList texts = token_texts(*chosen.trace);
    for (Eigen::Index a = 0; a < result.numbers.rows(); ++a)
        result.rows.push_back(csv_row({texts[a]}, result.numbers.row(a)));
    return result;
}

} // namespace

int run_explain(const QStringList &arguments)
{
    const ExplainOptions options;
    OptionParser parser;
    parser.setApplicationDescription(explain_description());
    options.run.add_to(parser);
    options.run.add_each_line_to(parser);
    options.target.add_to(parser);
    parser.addOptions({options.method, options.steps, options.baseline, options.curves, options.seed,
                       options.pairs, options.input_pairs});
    parser.setChoices(options.method.names().constFirst(), names_of_methods());
    parser.setChoices(options.baseline.names().constFirst(), words_of(baselines));
    options.output.add_to(parser);
    bool helped = false;
    parse(parser, QStringLiteral("explain"), arguments, helped);
    if (helped)
        return 0;
    refuse_other_arguments(parser);
    ResultWriter writer(parser, options.output, options.run.has_each_line(parser));
    const int code = options.run.for_each_text(parser, "explain", [&](SessionState state, qint64 line) {
        options.target.read(parser, state);
        const ChosenTarget chosen = chosenTarget(run_state(state, "explain"));
        const bool pairs = parser.isSet(options.pairs) || parser.isSet(options.input_pairs);
        writer.write(pairs ? explain_pairs(chosen, parser, options) : explain_tokens(chosen, parser, options),
                     line);
    });
    writer.finish();
    return code;
}

} // namespace encoderscope
