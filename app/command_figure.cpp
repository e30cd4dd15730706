// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/figure_arguments.h"
#include "engine/forward/encoder.h"
#include "ui/figures/all_heads.h"
#include "ui/figures/figure_files.h"

#include <QCoreApplication>

#include <cstdio>

namespace encoderscope
{

namespace
{

void say(const QString &message)
{
    std::fprintf(stderr, "encoderscope figure: %s\n", qUtf8Printable(message));
}

void say_where_cut(const QString &text, qsizetype cut, bool left, int tokens)
{
    if (cut >= 0 && left)
        say(QCoreApplication::translate("Command",
                                        "The text has %1 characters; its first %2 were left out, at the %3 "
                                        "tokens that the model takes.")
                .arg(text.size())
                .arg(cut)
                .arg(tokens));
    else if (cut >= 0)
        say(QCoreApplication::translate(
                "Command",
                "The text has %1 characters; it was cut after %2, at the %3 tokens that the model takes.")
                .arg(text.size())
                .arg(cut)
                .arg(tokens));
}

ComparedTrace run(const FigureArguments &arguments)
{
    const ModelPtr &model = arguments.model;
    const Encoding encoding =
        model->tokenizer->encode(arguments.text, arguments.text_b, model->config.max_positions);
    say_where_cut(encoding.text, encoding.cut_a, encoding.cut_left, model->config.max_positions);
    say_where_cut(encoding.text_b, encoding.cut_b, encoding.cut_left, model->config.max_positions);
    ComparedTrace trace;
    trace.comparison = arguments.comparison;
    trace.before = run_encoder(model, encoding);
    trace.now = arguments.switches.any() ? run_encoder(model, encoding, arguments.switches, trace.before)
                                         : trace.before;
    warn_of_non_finite(*trace.now);
    return trace;
}

void write_all_heads(const FigureArguments &arguments, const ComparedTrace &trace)
{
    const AllHeads all(trace, arguments.attention, arguments.output, arguments.format, arguments.style,
                       {.scale = arguments.scale});
    for (int index = 0; index < all.count(); ++index) {
        all.write(index);
        std::fprintf(stderr, "\r%d/%d", index + 1, all.count());
    }
    std::fputc('\n', stderr);
}

} // namespace

int run_figure(const QStringList &all)
{
    const std::optional<FigureArguments> arguments = parse_figure_arguments(all);
    if (!arguments)
        return 0;
    const ComparedTrace trace = run(*arguments);
    if (arguments->all_heads) {
        write_all_heads(*arguments, trace);
        return 0;
    }
    const FigurePtr figure = arguments->make(trace);
    if (figure == nullptr)
        throw Error(QCoreApplication::translate("Command", "The model %1 has no such stage.")
                        .arg(trace.trace().model().name));
    if (!arguments->title.isNull())
        figure->title = arguments->title;
    writeFigure(*figure, arguments->style, arguments->output, arguments->format, {.scale = arguments->scale});
    return 0;
}

} // namespace encoderscope
