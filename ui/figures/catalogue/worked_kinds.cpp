// SPDX-License-Identifier: GPL-3.0-or-later
// The figure of the worked example.
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/figures/catalogue/worked_lines.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

ParameterKind keyParameter()
{
    return {.name = keyName(),
            .description = FigureKinds::tr("The key token's number, from 0; -1: the pinned one, else the one "
                                           "with the greatest weight."),
            .type = ParameterKind::Type::integer,
            .lowest = -1,
            .highest = 1'000'000,
            .fallback = -1};
}

/// The heading stands above each.
ParameterKind stepParameter()
{
    QStringList names = workedStepNames();
    names.front() = QStringLiteral("all");
    return {.name = QStringLiteral("step"),
            .description = FigureKinds::tr("One of the steps, or all of them."),
            .type = ParameterKind::Type::choice,
            .choices = names,
            .fallback = names.front()};
}

/// In the order of workedProducts().
ParameterKind productParameter()
{
    return viewParameter("worked", "product",
                         FigureKinds::tr("The vector of which an element is written out, term by term."));
}

ParameterKind elementParameter()
{
    return viewParameter("worked", "element", FigureKinds::tr("Which of its elements, from 0."));
}

ParameterKind keysParameter()
{
    return viewParameter("worked", "keys", FigureKinds::tr("Of a long text the strongest keys, or all."));
}

MadeFigure workedExample(const FigureRequest &request, const std::stop_token &)
{
    const Frame &frame = request.frame;
    const Trace &trace = frame.trace();
    if (trace.layers() == 0)
        return {.reason = FigureKinds::tr("The model has no layers.")};
    const int key = std::min(wholeOf(request, keyParameter()), trace.tokens() - 1);
    const WorkedNumbers numbers(frame.shown(), layerOf(request), headOf(request), tokenOf(request), key,
                                frame.state.hidesSpecial);
    const int product = choiceOf(request, productParameter());
    WorkedElement opened;
    if (product > 0)
        opened = {workedProducts()[static_cast<std::size_t>(product)], wholeOf(request, elementParameter())};
    const bool allKeys = choiceOf(request, keysParameter()) == 1;
    WorkedSteps steps{workedLines(numbers, frame.compared, allKeys, opened)};
    QString name =
        QStringLiteral("worked-example-layer%1-head%2").arg(numbers.layer() + 1).arg(numbers.head() + 1);
    if (choiceOf(request, stepParameter()) > 0) {
        const QString step = wordOf(request, stepParameter());
        std::erase_if(steps.lines,
                      [&step](const StepLine &line) { return line.step > 0 && line.name != step; });
        name += QLatin1Char('-') + step;
    }
    QString title = FigureKinds::tr("Worked example");
    if (frame.compared.comparison == Comparison::before) { // steps have no difference, which they say
        title += comparisonSuffix(frame.compared);
        name += comparisonName(frame.compared);
    }
    return {.figure =
                makeFigure(std::move(steps), title, name, placeCaption(numbers.layer(), numbers.head())),
            .kept = numbers};
}

} // namespace

std::vector<FigureKind> workedKinds()
{
    return {
        {.name = "worked-example",
         .page = FigurePage::worked,
         .title = [] { return FigureKinds::tr("One token's way through a layer and head, step by step"); },
         .parameters =
             [] {
                 return ParameterKinds{layerParameter(),   headParameter(), tokenParameter(),
                                       keyParameter(),     stepParameter(), productParameter(),
                                       elementParameter(), keysParameter()};
             },
         .make = workedExample,
         .acrossRuns = AcrossRuns::unaffected}};
}

} // namespace encoderscope
