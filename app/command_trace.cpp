// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/model_option.h"
#include "app/session_option.h"
#include "engine/analysis/predictions.h"
#include "engine/analysis/trace_file.h"
#include "engine/forward/encoder.h"
#include "ui/state/run.h"

#include <QCoreApplication>

namespace encoderscope
{

int run_trace(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "Command",
        "Runs the encoder on a text and writes every intermediate as a safetensors file. n is the number of "
        "tokens, <i> the layer, from 1. Its tensors:\n"
        "  tokens.ids [n] (I64), tokens.types [n] (I64)\n"
        "  embedding.output [n x d_model]\n"
        "  layer.<i>.attention.query, .key, .value, .output [n x d_model]\n"
        "  layer.<i>.attention.weights [heads x n x n]\n"
        "  layer.<i>.attention.result: after residual and norm [n x d_model]\n"
        "  layer.<i>.feed_forward.activation [n x d_ff], layer.<i>.feed_forward.output [n x d_model]\n"
        "  layer.<i>.output [n x d_model]\n"
        "  output [n x d_model], and where the model has them pooled [d_model], sentence [d_model], "
        "classes.logits [labels], tokens.logits [n x labels], answer.logits [2 x n], replaced.logits [n]"));
    const auto option = [](const char *name, const QString &description, const QString &value) {
        return QCommandLineOption(QString::fromLatin1(name), description, value);
    };
    const QCommandLineOption text =
        option("text", QCoreApplication::translate("Command", "The text, or sentence A of a pair."),
               QStringLiteral("text"));
    const QCommandLineOption text_b = option(
        "text-b", QCoreApplication::translate("Command", "Sentence B of a pair."), QStringLiteral("text"));
    const QCommandLineOption output = option(
        "output",
        QCoreApplication::translate("Command", "The safetensors file to write, - for standard output."),
        QCoreApplication::translate("Command", "file"));
    parser.addOptions({session_option(), model_option(), text, text_b, output});
    bool helped = false;
    parse(parser, QStringLiteral("trace"), arguments, helped);
    if (helped)
        return 0;
    refuse_other_arguments(parser);
    const auto need = [&parser](const QCommandLineOption &needed) {
        if (!parser.isSet(needed))
            throw ArgumentError(
                QCoreApplication::translate("Command", "--%1 is missing.").arg(needed.names().first()));
    };
    if (!parser.isSet(QStringLiteral("session")))
        need(text);
    need(output);

    const RunInput input = input_from(parser);
    const Encoding encoding = encodingOf(input, 0);
    const TracePtr trace = run_encoder(input.model, encoding, switchesOf(input, encoding));
    warn_of_non_finite(*trace);
    write_trace(*trace, parser.value(output));
    return 0;
}

} // namespace encoderscope
