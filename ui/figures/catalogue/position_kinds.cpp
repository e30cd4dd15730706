// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the page Positional encoding.
#include "ui/figures/catalogue/embedding_figures.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/figures/catalogue/position_figures.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

ParameterKind positionsParameter()
{
    return {.name = QStringLiteral("positions"),
            .description = FigureKinds::tr("How many positions are shown."),
            .type = ParameterKind::Type::integer,
            .lowest = 2,
            .highest = 512,
            .fallback = 64};
}

ParameterKind pairsParameter()
{
    return viewParameter("positions", "pairs",
                         FigureKinds::tr("Pairs of dimensions, such as 0, 4, 8-10; pair i is the dimensions "
                                         "2i and 2i+1."));
}

ParameterKind positionParameter()
{
    return {.name = QStringLiteral("position"),
            .description = FigureKinds::tr("A line is drawn at this position; -1: none."),
            .type = ParameterKind::Type::integer,
            .lowest = -1,
            .highest = 1'000'000,
            .fallback = -1};
}

const Model &modelOf(const FigureRequest &request)
{
    return request.frame.trace().model();
}

Matrix tableOf(const FigureRequest &request)
{
    return positionTable(modelOf(request), wholeOf(request, positionsParameter()));
}

MadeFigure orNoPositions(FigurePtr figure)
{
    if (figure)
        return {std::move(figure)};
    return {.reason = FigureKinds::tr(
                "This model adds nothing for positions: it does not know the order of the tokens.")};
}

MadeFigure curves(const FigureRequest &request, const std::stop_token &)
{
    const QList<int> pairs =
        readPairs(wordOf(request, pairsParameter()), (modelOf(request).config.embedding_size + 1) / 2);
    return orNoPositions(
        positionCurves(modelOf(request), tableOf(request), pairs, wholeOf(request, positionParameter())));
}

} // namespace

std::vector<FigureKind> positionKinds()
{
    return {
        {.name = "position-curves",
         .page = FigurePage::positions,
         .title = [] { return FigureKinds::tr("Curves of pairs of dimensions over the positions"); },
         .parameters =
             [] {
                 return ParameterKinds{pairsParameter(), positionsParameter(), positionParameter()};
             },
         .make = curves,
         .ofText = false},
        {.name = "position-table",
         .page = FigurePage::positions,
         .title = [] { return FigureKinds::tr("Position × dimension"); },
         .parameters = [] { return ParameterKinds{positionsParameter()}; },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return orNoPositions(positionHeatmap(modelOf(request), tableOf(request)));
             },
         .ofText = false},
        {.name = "position-products",
         .page = FigurePage::positions,
         .title = [] { return FigureKinds::tr("Dot product of every two positions' vectors"); },
         .parameters = [] { return ParameterKinds{positionsParameter()}; },
         .make = [](const FigureRequest &request,
                    const std::stop_token &) { return orNoPositions(positionProducts(tableOf(request))); },
         .ofText = false},
        {.name = "positions",
         .page = FigurePage::positions,
         .title = [] { return FigureKinds::tr("Position × dimension, as it is added to the text's tokens"); },
         .parameters = [] { return ParameterKinds(); },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return orNoPositions(positionsFigure(request.frame.compared));
             },
         .needs = [](const FigureRequest &) { return FigureNeeds{{TracePart::embedding_stages}}; }},
    };
}

} // namespace encoderscope
