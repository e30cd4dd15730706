// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/figure_arguments.h"
#include "app/run_options.h"
#include "ui/figures/catalogue/figure_order.h"
#include "ui/figures/figure_renderer.h"

#include <QCoreApplication>
#include <QDir>

#include <cstdio>

namespace encoderscope
{

namespace
{

FigurePtr with_texts(const FigurePtr &figure, const FigureArguments &arguments)
{
    if (!arguments.title && !arguments.caption)
        return figure;
    auto changed = std::make_shared<Figure>(*figure);
    changed->title = arguments.title.value_or(figure->title);
    changed->caption = arguments.caption.value_or(figure->caption);
    return changed;
}

void write(const FigurePtr &made, const Frame &frame, const FigureArguments &arguments, const QString &output)
{
    const FigurePtr figure = with_texts(made, arguments);
    FileOptions options{.scale = arguments.scale};
    if (arguments.pinned)
        options.viewpoint.emphasis = {.pinnedRow = frame.selection.query,
                                      .pinnedColumn = frame.selection.key};
    const FigureRenderer renderer(figure, options.viewpoint);
    options.size = arguments.width > 0.0 ? renderer.naturalSize(arguments.style, arguments.width)
                                         : renderer.naturalSize(arguments.style);
    if (arguments.height > 0.0)
        options.size.setHeight(arguments.height);
    writeFigure(figure, arguments.style, output, arguments.format, options);
}

void write_all_heads(const FigureArguments &arguments, const Frame &frame)
{
    if (!QDir().mkpath(arguments.output))
        throw Error(
            QCoreApplication::translate("Figures", "The folder %1 cannot be made.").arg(arguments.output));
    const std::vector<FigureOrder> orders = allHeads(frame, arguments.parameters);
    for (std::size_t index = 0; index < orders.size(); ++index) {
        const FigurePtr figure = figureOf(orders[index], frame);
        const QString name = figure->name + QLatin1Char('.') + suffixOf(arguments.format);
        write(figure, frame, arguments, QDir(arguments.output).filePath(name));
        std::fprintf(stderr, "\r%zu/%zu", index + 1, orders.size());
    }
    std::fputc('\n', stderr);
}

} // namespace

int run_figure(const QStringList &all)
{
    return for_each_figure(all, [](const FigureArguments &arguments) {
        const Frame frame = arguments.reference ? run_against(arguments.state, *arguments.reference, "figure")
                                                : run_state(arguments.state, "figure");
        warn_of_non_finite(*frame.compared.now);
        const QString unfit = unfitParameter(*arguments.kind, frame, arguments.parameters);
        if (!unfit.isEmpty())
            throw ArgumentError(unfit);
        if (arguments.all_heads) {
            write_all_heads(arguments, frame);
            return;
        }
        const MadeFigure made = figureOf(*arguments.kind, frame, arguments.parameters);
        if (!made.figure)
            throw Error(made.reason);
        write(made.figure, frame, arguments, arguments.output);
    });
}

} // namespace encoderscope
