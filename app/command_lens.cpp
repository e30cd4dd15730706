// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/model_option.h"
#include "app/progress_line.h"
#include "app/result_file.h"
#include "app/target_option.h"
#include "engine/attribution/lens.h"
#include "engine/learn/corpus.h"

#include <QCoreApplication>

#include <cmath>
#include <cstdio>

namespace encoderscope
{

namespace
{

struct LensMessages {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

QString lens_description()
{
    return QCoreApplication::translate(
        "Command", "Puts the masked-word head on the hidden state of every layer: the likeliest piece of "
                   "each token there, "
                   "and the probability of a piece (--piece). The head was only trained for the last layer: "
                   "what it says "
                   "of early ones is a reading, not a prediction. Layer 0 is the embedding.\n\n"
                   "With --fitted each layer is first mapped to the last one: for the default model, and for "
                   "models with a lens.safetensors in their folder. --fit makes such a file from sentences, "
                   "and says how much nearer it brings each layer on lines that were held out.\n\n"
                   "CSV: a line for each layer and token; NPY: probabilities [layers + 1 x tokens], of the "
                   "piece or of the "
                   "likeliest. With --fit: a line for each layer; NPY: [layers x 4].");
}

struct LensOptions {
    RunOptions run;
    OutputOptions output;
    QCommandLineOption piece =
        valued("piece", LensMessages::tr("A piece of the vocabulary."), QStringLiteral("piece"));
    QCommandLineOption fitted =
        flag("fitted", LensMessages::tr("Reads every layer through the maps that were fitted to the model."));
    QCommandLineOption fit = valued(
        "fit", LensMessages::tr("Instead: fits the maps to the lines of a text file; may be repeated."),
        LensMessages::tr("file"));
    QCommandLineOption maps =
        valued("maps",
               LensMessages::tr("The file of maps that --fit writes; lens.safetensors in the model's folder "
                                "is the one that is read."),
               LensMessages::tr("file"), QStringLiteral("lens.safetensors"));
};

CommandResult lens_of_text(const QCommandLineParser &parser, const LensOptions &options)
{
    const SessionState state = options.run.read(parser);
    const Model &model = *state.input.model;
    const Tokenizer &tokenizer = *model.tokenizer;
    std::optional<int> wanted;
    if (parser.isSet(options.piece)) {
        wanted = tokenizer.id(parser.value(options.piece));
        if (*wanted < 0)
            throw ArgumentError(
                QCoreApplication::translate("Command", "The vocabulary of the model %1 has no piece \"%2\".")
                    .arg(model.name, parser.value(options.piece)));
    }
    const bool fitted = parser.isSet(options.fitted);
    const LensMaps maps = fitted ? lens_maps(model) : LensMaps();
    const TracePtr trace = run_state(state, "lens").compared.now;
    const Lens read = lens(*trace, wanted, fitted ? &maps : nullptr);

    CommandResult result;
    result.numbers = (wanted ? read.piece_probability : read.best_probability).cast<double>();
    QJsonArray best;
    result.columns = QStringList{QStringLiteral("layer"), QStringLiteral("position"), QStringLiteral("token"),
                                 QStringLiteral("best"), QStringLiteral("best_probability")};
    if (wanted)
        result.columns += {QStringLiteral("probability"), QStringLiteral("rank")};
    for (Eigen::Index layer = 0; layer < read.best.rows(); ++layer) {
        QJsonArray of_layer;
        for (Eigen::Index token = 0; token < read.best.cols(); ++token) {
            const QString likeliest = tokenizer.piece(read.best(layer, token));
            of_layer.append(likeliest);
            QVariantList row{QString::number(layer), QString::number(token),
                             trace->token(static_cast<int>(token)).text, likeliest,
                             static_cast<double>(read.best_probability(layer, token))};
            if (wanted)
                row += {static_cast<double>(read.piece_probability(layer, token)),
                        QString::number(read.rank(layer, token) + 1)};
            result.rows.push_back(row);
        }
        best.append(of_layer);
    }
    result.json = {{QStringLiteral("model"), model.name},
                   {QStringLiteral("text"), state.input.text},
                   {QStringLiteral("fitted"), fitted},
                   {QStringLiteral("tokens"), QJsonArray::fromStringList(token_texts(*trace))},
                   {QStringLiteral("best"), best},
                   {QStringLiteral("best_probability"), json_rows(read.best_probability.cast<double>())}};
    if (wanted) {
        result.json[QStringLiteral("piece")] = parser.value(options.piece);
        result.json[QStringLiteral("probability")] = json_rows(read.piece_probability.cast<double>());
        result.json[QStringLiteral("rank")] = json_rows(read.rank.cast<double>().array() + 1.0);
    }
    return result;
}

CommandResult fitted_lens(const QCommandLineParser &parser, const LensOptions &options)
{
    for (const QCommandLineOption *other : {&options.piece, &options.fitted}) {
        if (parser.isSet(*other))
            throw ArgumentError(
                LensMessages::tr("--fit does not go with --%1.").arg(other->names().constFirst()));
    }
    const ModelPtr model = model_from(parser);
    const QStringList lines = read_lines(parser.values(options.fit));
    ProgressLine shown(stderr);
    const FittedLens fitted = fit_lens(model, lines, {}, [&](double done) {
        if (shown.due())
            shown.show(QStringLiteral("%1 %").arg(std::lround(100.0 * done)));
    });
    shown.end();
    write_lens_maps(parser.value(options.maps), fitted.maps, *model);

    CommandResult result;
    result.numbers.resize(fitted.error.size(), 4);
    result.numbers << fitted.error, fitted.mapped_error, fitted.agreement, fitted.mapped_agreement;
    result.columns =
        QStringList{QStringLiteral("layer"), QStringLiteral("error"), QStringLiteral("fitted_error"),
                    QStringLiteral("agreement"), QStringLiteral("fitted_agreement")};
    for (Eigen::Index layer = 0; layer < result.numbers.rows(); ++layer)
        result.rows.push_back(csv_row({QString::number(layer)}, result.numbers.row(layer)));
    result.json = {{QStringLiteral("model"), model->name},
                   {QStringLiteral("maps"), parser.value(options.maps)},
                   {QStringLiteral("lines"), lines.size()},
                   {QStringLiteral("tokens"), static_cast<qint64>(fitted.tokens)},
                   {QStringLiteral("held_out_tokens"), static_cast<qint64>(fitted.held_out)},
                   {QStringLiteral("error"), json_numbers(fitted.error)},
                   {QStringLiteral("fitted_error"), json_numbers(fitted.mapped_error)},
                   {QStringLiteral("agreement"), json_numbers(fitted.agreement)},
                   {QStringLiteral("fitted_agreement"), json_numbers(fitted.mapped_agreement)}};
    return result;
}

} // namespace

int run_lens(const QStringList &arguments)
{
    const LensOptions options;
    OptionParser parser;
    parser.setApplicationDescription(lens_description());
    options.run.add_to(parser);
    parser.addOptions({options.piece, options.fitted, options.fit, options.maps});
    options.output.add_to(parser);
    bool helped = false;
    parse(parser, QStringLiteral("lens"), arguments, helped);
    if (helped)
        return 0;
    refuse_other_arguments(parser);
    const bool fits = parser.isSet(options.fit);
    write_result(fits ? fitted_lens(parser, options) : lens_of_text(parser, options), parser, options.output);
    return 0;
}

} // namespace encoderscope
