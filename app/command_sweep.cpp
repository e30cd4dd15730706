// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/result_file.h"
#include "app/target_option.h"
#include "engine/attribution/sweep.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

QString sweep_description()
{
    return QCoreApplication::translate(
        "Command",
        "Switches each head, attention and FFN sublayer, layer, token (as a key) and the positions off in "
        "turn "
        "and says how a number of the encoder's run changes: the number without the part, minus the number. "
        "\"importance\" is what the gradient says of each head.\n\n"
        "CSV: a line for each part, layers and heads from 1, keys from 0; NPY: the heads [layers x heads].");
}

/// `first`: the number of the first.
void add_rows(const QString &part, int first, const Eigen::VectorXd &changes, std::vector<QVariantList> &rows)
{
    for (Eigen::Index index = 0; index < changes.size(); ++index)
        rows.push_back({part, QString::number(first + index), QString(), changes(index)});
}

CommandResult swept_parts(const SessionState &state)
{
    const ChosenTarget chosen = chosenTarget(run_state(state, "sweep"));
    const Sweep swept = sweep(chosen.target, *chosen.trace);
    const Eigen::MatrixXd importance =
        head_importance(*chosen.trace, target_gradients(chosen.target, *chosen.trace));

    CommandResult result;
    result.numbers = swept.heads;
    result.json = target_json(chosen);
    result.json[QStringLiteral("heads")] = json_rows(swept.heads);
    result.json[QStringLiteral("importance")] = json_rows(importance);
    result.json[QStringLiteral("attention")] = json_numbers(swept.attention);
    result.json[QStringLiteral("feed_forward")] = json_numbers(swept.feed_forward);
    result.json[QStringLiteral("layers")] = json_numbers(swept.layers);
    result.json[QStringLiteral("keys")] = json_numbers(swept.tokens);
    if (swept.positions)
        result.json[QStringLiteral("positions")] = *swept.positions;

    result.columns = {QStringLiteral("part"), QStringLiteral("number"), QStringLiteral("head"),
                      QStringLiteral("change")};
    for (Eigen::Index layer = 0; layer < swept.heads.rows(); ++layer) {
        for (Eigen::Index head = 0; head < swept.heads.cols(); ++head)
            result.rows.push_back({QStringLiteral("head"), QString::number(layer + 1),
                                   QString::number(head + 1), swept.heads(layer, head)});
    }
    add_rows(QStringLiteral("attention"), 1, swept.attention, result.rows);
    add_rows(QStringLiteral("feed_forward"), 1, swept.feed_forward, result.rows);
    add_rows(QStringLiteral("layer"), 1, swept.layers, result.rows);
    add_rows(QStringLiteral("key"), 0, swept.tokens, result.rows);
    if (swept.positions)
        result.rows.push_back({QStringLiteral("positions"), QString(), QString(), *swept.positions});
    return result;
}

} // namespace

int run_sweep(const QStringList &arguments)
{
    const RunOptions run;
    const TargetOptions target;
    const OutputOptions output;
    OptionParser parser;
    parser.setApplicationDescription(sweep_description());
    run.add_to(parser);
    run.add_each_line_to(parser);
    target.add_to(parser);
    output.add_to(parser);
    bool helped = false;
    parse(parser, QStringLiteral("sweep"), arguments, helped);
    if (helped)
        return 0;
    refuse_other_arguments(parser);
    ResultWriter writer(parser, output, run.has_each_line(parser));
    const int code = run.for_each_text(parser, "sweep", [&](SessionState state, qint64 line) {
        target.read(parser, state);
        writer.write(swept_parts(state), line);
    });
    writer.finish();
    return code;
}

} // namespace encoderscope
