// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the page Positions.
#include "ui/figures/catalogue/embedding_figures.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/figures/catalogue/position_figures.h"
#include "ui/figures/catalogue/rotation_figure.h"

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

MadeFigure orNoPositions(const FigureRequest &request, FigurePtr figure)
{
    if (figure)
        return {std::move(figure)};
    const EncoderConfig &config = modelOf(request).config;
    if (config.positions == Positions::rotary)
        return {.reason =
                    FigureKinds::tr("Nothing is added for positions: queries and keys are turned by them.")};
    if (config.relative_products.rows > 0)
        return {.reason = FigureKinds::tr("Nothing is added to the embedding for positions: the scores have "
                                          "products with the distances of the tokens.")};
    if (config.relative_buckets > 0)
        return {.reason = FigureKinds::tr("Nothing is added to the embedding for positions: each head adds a "
                                          "bias for the distance of the tokens to the scores.")};
    if (config.distance_slopes)
        return {.reason = FigureKinds::tr("Nothing is added to the embedding for positions: each head takes "
                                          "its slope times the distance of the tokens from the scores.")};
    return {.reason = FigureKinds::tr(
                "This model adds nothing for positions: it does not know the order of the tokens.")};
}

MadeFigure positionCurves(const FigureRequest &request, const std::stop_token &)
{
    const QList<int> pairs =
        readPairs(wordOf(request, pairsParameter()), (modelOf(request).config.embedding_size + 1) / 2);
    return orNoPositions(request, positionCurves(modelOf(request), tableOf(request), pairs,
                                                 wholeOf(request, positionParameter())));
}

/// Other dimensions than in pairsParameter().
ParameterKind turnedPairsParameter()
{
    return viewParameter(
        "positions", "pairs",
        FigureKinds::tr("Pairs of dimensions, such as 0, 4, 8-10; pair i is the dimensions i "
                        "and i + d_k/2."));
}

ParameterKind turnedParameter()
{
    return {.name = QStringLiteral("of"),
            .description = FigureKinds::tr("The query or the key of the token."),
            .type = ParameterKind::Type::choice,
            .choices = {QStringLiteral("query"), QStringLiteral("key")},
            .fallback = QStringLiteral("query")};
}

MadeFigure slopes(const FigureRequest &request, const std::stop_token &)
{
    if (FigurePtr figure = slopesFigure(modelOf(request), wholeOf(request, positionsParameter())))
        return {std::move(figure)};
    return {.reason = FigureKinds::tr("The heads of this model have no slopes.")};
}

MadeFigure distanceBias(const FigureRequest &request, const std::stop_token &)
{
    if (FigurePtr figure =
            distanceBiasFigure(modelOf(request), layerOf(request), wholeOf(request, positionsParameter())))
        return {std::move(figure)};
    return {.reason = FigureKinds::tr("This model adds no position bias to its scores.")};
}

MadeFigure rotation(const FigureRequest &request, const std::stop_token &)
{
    const QList<int> pairs =
        readPairs(wordOf(request, turnedPairsParameter()), modelOf(request).config.d_k() / 2);
    if (FigurePtr figure = rotationFigure(request.frame.compared, layerOf(request), headOf(request),
                                          tokenOf(request), choiceOf(request, turnedParameter()) == 1, pairs))
        return {std::move(figure)};
    return {.reason = FigureKinds::tr("This model's positions do not turn queries and keys.")};
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
         .make = positionCurves,
         .ofText = false},
        {.name = "position-table",
         .page = FigurePage::positions,
         .title = [] { return FigureKinds::tr("Position × dimension"); },
         .parameters = [] { return ParameterKinds{positionsParameter()}; },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return orNoPositions(request, positionHeatmap(modelOf(request), tableOf(request)));
             },
         .ofText = false},
        {.name = "position-products",
         .page = FigurePage::positions,
         .title = [] { return FigureKinds::tr("Dot product of every two positions' vectors"); },
         .parameters = [] { return ParameterKinds{positionsParameter()}; },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return orNoPositions(request, positionProducts(tableOf(request)));
             },
         .ofText = false},
        {.name = "positions",
         .page = FigurePage::positions,
         .title = [] { return FigureKinds::tr("Position × dimension, as it is added to the text's tokens"); },
         .parameters = [] { return ParameterKinds(); },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return orNoPositions(request, positionsFigure(request.frame.compared));
             },
         .needs = [](const FigureRequest &) { return FigureNeeds{{TracePart::embedding_stages}}; }},
        {.name = "slopes",
         .page = FigurePage::positions,
         .title = [] { return FigureKinds::tr("What each head takes off for the distance (ALiBi)"); },
         .parameters = [] { return ParameterKinds{positionsParameter()}; },
         .make = slopes,
         .ofText = false},
        {.name = "distance-bias",
         .page = FigurePage::positions,
         .title = [] { return FigureKinds::tr("What each head adds for the distance (T5, MPNet)"); },
         .parameters =
             [] {
                 return ParameterKinds{layerParameter(), positionsParameter()};
             },
         .make = distanceBias,
         .ofText = false},
        {.name = "rotation",
         .page = FigurePage::positions,
         .title = [] { return FigureKinds::tr("Rotary positions: how pairs of dimensions turn"); },
         .parameters =
             [] {
                 return ParameterKinds{layerParameter(), headParameter(), tokenParameter(), turnedParameter(),
                                       turnedPairsParameter()};
             },
         .make = rotation,
         .needs =
             [](const FigureRequest &request) {
                 return needsOfLayer(request, {TracePart::query, TracePart::key});
             }},
    };
}

} // namespace encoderscope
