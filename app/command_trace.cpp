// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/run_options.h"
#include "engine/analysis/trace_file.h"

#include <QCoreApplication>

namespace encoderscope
{

int run_trace(const QStringList &arguments)
{
    OptionParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "Command",
        "Runs the encoder on a text and writes every intermediate as a safetensors file. n is the number of "
        "tokens, <i> the layer, from 1. Among its tensors:\n"
        "  tokens.ids [n] (I64), tokens.types [n] (I64)\n"
        "  embedding.output [n x d_model]\n"
        "  layer.<i>.attention.query, .key, .value, .output [n x d_model]\n"
        "  layer.<i>.attention.weights [heads x n x n]\n"
        "  layer.<i>.attention.result: after residual and norm [n x d_model]\n"
        "  layer.<i>.feed_forward.activation [n x d_ff], layer.<i>.feed_forward.output [n x d_model]\n"
        "  layer.<i>.output [n x d_model]\n"
        "  output [n x d_model], and where the model has them pooled [d_model], sentence [d_model], "
        "classes.logits [labels], tokens.logits [n x labels], answer.logits [2 x n], replaced.logits [n]"));
    const QCommandLineOption output(
        QStringLiteral("output"),
        QCoreApplication::translate("Command", "The safetensors file to write, - for standard output."),
        QCoreApplication::translate("Command", "file"));
    const RunOptions options;
    options.add_to(parser);
    options.add_each_line_to(parser);
    parser.addOption(output);
    bool helped = false;
    parse(parser, QStringLiteral("trace"), arguments, helped);
    if (helped)
        return 0;
    refuse_other_arguments(parser);
    const QString file = required(parser, output);
    if (options.has_each_line(parser))
        require_line_in(file);
    return options.for_each_text(parser, "trace", [&](const SessionState &state, qint64 line) {
        const Frame frame = run_state(state, "trace");
        warn_of_non_finite(*frame.compared.now);
        write_trace(*frame.compared.now, line > 0 ? output_of_line(file, line) : file);
    });
}

} // namespace encoderscope
