// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/result_file.h"
#include "app/target_option.h"
#include "engine/attribution/lens.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

QString description()
{
    return QCoreApplication::translate(
        "Command", "Puts the masked-word head on the hidden state of every layer: the likeliest piece of "
                   "each token there, "
                   "and the probability of a piece (--piece). The head was only trained for the last layer: "
                   "what it says "
                   "of early ones is a reading, not a prediction. Layer 0 is the embedding.\n\n"
                   "CSV: a line for each layer and token; NPY: probabilities [layers + 1 x tokens], of the "
                   "piece or of the "
                   "likeliest.");
}

} // namespace

int run_lens(const QStringList &arguments)
{
    const RunOptions run;
    const OutputOptions output;
    const QCommandLineOption piece(QStringLiteral("piece"),
                                   QCoreApplication::translate("Command", "A piece of the vocabulary."),
                                   QStringLiteral("piece"));
    OptionParser parser;
    parser.setApplicationDescription(description());
    run.add_to(parser);
    parser.addOption(piece);
    output.add_to(parser);
    bool helped = false;
    parse(parser, QStringLiteral("lens"), arguments, helped);
    if (helped)
        return 0;
    refuse_other_arguments(parser);
    const SessionState state = run.read(parser);
    const Model &model = *state.input.model;
    const Tokenizer &tokenizer = *model.tokenizer;
    std::optional<int> wanted;
    if (parser.isSet(piece)) {
        wanted = tokenizer.id(parser.value(piece));
        if (*wanted < 0)
            throw ArgumentError(
                QCoreApplication::translate("Command", "The vocabulary of the model %1 has no piece \"%2\".")
                    .arg(model.name, parser.value(piece)));
    }
    const TracePtr trace = run_state(state, "lens").compared.now;
    const Lens read = lens(*trace, wanted);

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
                   {QStringLiteral("tokens"), QJsonArray::fromStringList(token_texts(*trace))},
                   {QStringLiteral("best"), best},
                   {QStringLiteral("best_probability"), json_rows(read.best_probability.cast<double>())}};
    if (wanted) {
        result.json[QStringLiteral("piece")] = parser.value(piece);
        result.json[QStringLiteral("probability")] = json_rows(read.piece_probability.cast<double>());
        result.json[QStringLiteral("rank")] = json_rows(read.rank.cast<double>().array() + 1.0);
    }
    write_result(result, parser, output);
    return 0;
}

} // namespace encoderscope
