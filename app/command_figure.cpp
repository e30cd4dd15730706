// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/figure_arguments.h"
#include "app/run_options.h"
#include "ui/figures/catalogue/figure_order.h"

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
    Viewpoint viewpoint;
    if (arguments.pinned) {
        viewpoint.emphasis = {.pinnedRow = frame.selection.query, .pinnedColumn = frame.selection.key};
        const Selected reference = comparedAs(frame, Comparison::before).selection;
        viewpoint.reference = {.pinnedRow = reference.query, .pinnedColumn = reference.key};
    }
    writeFigure(figure, arguments.look.style, output, arguments.format,
                file_options(figure, arguments.look, viewpoint));
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

/// "layer", or "steps=0:600:50".
std::vector<FigureOrder> orders_over(const FigureArguments &arguments, const Frame &frame)
{
    const QString name = arguments.over.section(QLatin1Char('='), 0, 0);
    const ParameterKinds kinds = arguments.kind->parameters();
    const ParameterKind *parameter = findKind(kinds, name);
    QStringList known;
    for (const ParameterKind &kind : kinds) {
        if (kind.whole())
            known.append(kind.name);
    }
    if (!parameter || !parameter->whole())
        throw_unknown_word(QStringLiteral("--over"), name, known);
    if (!arguments.over.contains(QLatin1Char('='))) {
        const std::optional<ValueRange> all = valuesIn(*parameter, frame);
        if (!all)
            throw ArgumentError(
                QCoreApplication::translate("Command", "--over %1 needs values: %1=0:100:10.").arg(name));
        return ordersOver(*arguments.kind, *parameter, *all, arguments.parameters);
    }
    const QStringList bounds = arguments.over.section(QLatin1Char('='), 1).split(QLatin1Char(':'));
    const bool counted = parameter->type == ParameterKind::Type::layer ||
                         parameter->type == ParameterKind::Type::head; // from 1
    const int offset = counted ? 1 : 0;
    const QString option = QStringLiteral("--over ") + name;
    const auto whole = [&](int index, int lowest, int highest) {
        return whole_within(option, bounds.value(index), lowest, highest);
    };
    const int lowest = static_cast<int>(parameter->lowest) + offset;
    constexpr int most_values = 1'000'000;
    const int highest =
        parameter->highest > 0.0 ? static_cast<int>(parameter->highest) + offset : most_values;
    const int first = whole(0, lowest, highest);
    const ValueRange values{first - offset, whole(1, first, highest) - offset,
                            bounds.size() > 2 ? whole(2, 1, most_values) : 1};
    constexpr int most_pictures = 10'000;
    if ((values.last - values.first) / values.step >= most_pictures)
        throw ArgumentError(QCoreApplication::translate("Command", "%1: at most %2 pictures are made.")
                                .arg(option)
                                .arg(most_pictures));
    return ordersOver(*arguments.kind, *parameter, values, arguments.parameters);
}

void write_over(const FigureArguments &arguments, const Frame &frame)
{
    std::vector<FigurePtr> figures;
    for (const FigureOrder &order : orders_over(arguments, frame)) {
        const QString unfit = unfitParameter(*arguments.kind, frame, order.parameters);
        if (!unfit.isEmpty())
            throw ArgumentError(unfit);
        const MadeFigure made = figureOf(*arguments.kind, frame, order.parameters);
        if (!made.figure)
            throw Error(made.reason);
        figures.push_back(with_texts(made.figure, arguments));
    }
    write_series(figures, arguments.look, arguments.output, arguments.format, arguments.seconds);
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
        if (!arguments.over.isEmpty()) {
            write_over(arguments, frame);
            return;
        }
        const MadeFigure made = figureOf(*arguments.kind, frame, arguments.parameters);
        if (!made.figure)
            throw Error(made.reason);
        write(made.figure, frame, arguments, arguments.output);
    });
}

} // namespace encoderscope
