// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the page Embedding.
#include "ui/figures/catalogue/embedding_figures.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/catalogue/figure_scales.h"
#include "ui/figures/catalogue/hidden_figures.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/jobs/stopped.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

/// In the order of EmbeddingStage.
ParameterKind stageParameter()
{
    return viewParameter("embedding", "stage", FigureKinds::tr("The stage of the input embedding."));
}

EmbeddingStage stageOf(const FigureRequest &request)
{
    return static_cast<EmbeddingStage>(choiceOf(request, stageParameter()));
}

FigureNeeds needsOfStage(const FigureRequest &request)
{
    return stageOf(request) == EmbeddingStage::output ? FigureNeeds()
                                                      : FigureNeeds{{TracePart::embedding_stages}};
}

MadeFigure orNoStage(FigurePtr figure)
{
    if (figure)
        return {std::move(figure)};
    return {.reason = FigureKinds::tr("The model has no such stage.")};
}

/// The principal components of a run, which take longest.
struct Projected {
    TracePtr trace;
    HiddenProjection projection;
};

const Projected *keptProjection(const FigureRequest &request)
{
    return std::any_cast<Projected>(&request.kept);
}

bool hasProjection(const FigureRequest &request)
{
    const Projected *kept = keptProjection(request);
    return request.frame.compared.difference() || (kept != nullptr && kept->trace == request.frame.shown());
}

MadeFigure components(const FigureRequest &request, const std::stop_token &stop)
{
    if (request.frame.compared.difference())
        return {.reason =
                    FigureKinds::tr("Two runs have different principal components: there is no difference. "
                                    "Choose now or before."),
                .kept = request.kept};
    const TracePtr &trace = request.frame.shown();
    Projected projected;
    if (hasProjection(request)) {
        projected = *keptProjection(request);
    } else {
        const Projected *last = keptProjection(request);
        const bool comparable =
            last && last->trace->config().d_model == trace->config().d_model && !last->projection.empty();
        projected = {trace, project_hidden(*trace, comparable ? &last->projection : nullptr, stop)};
        throwIfStopped(stop);
    }
    MadeFigure made{.figure =
                        projectionFigure(request.frame.compared, projected.projection, layerOf(request)),
                    .kept = projected};
    if (!made.figure)
        made.reason = FigureKinds::tr("The hidden states are not all finite.");
    return made;
}

} // namespace

std::vector<FigureKind> tokenKinds()
{
    const auto none = [] { return ParameterKinds(); };
    return {
        {.name = "tokens",
         .page = FigurePage::tokens,
         .title = [] { return FigureKinds::tr("The text's tokens and their ids"); },
         .parameters = none,
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 if (request.frame.compared.difference())
                     return noDifference();
                 return MadeFigure{tokensFigure(request.frame.trace())};
             },
         .needs = needsNothing},
        {.name = "embedding",
         .page = FigurePage::tokens,
         .title = [] { return FigureKinds::tr("Tokens × d_model at a stage of the input embedding"); },
         .parameters = [] { return ParameterKinds{stageParameter()}; },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return orNoStage(embeddingFigure(request.frame.compared, stageOf(request)));
             },
         .slow =
             [](const FigureRequest &request) {
                 return isLargeDifference(request, request.frame.trace().config().d_model);
             },
         .needs = needsOfStage,
         .acrossRuns = AcrossRuns::tokens},
        {.name = "embedding-vector",
         .page = FigurePage::tokens,
         .title = [] { return FigureKinds::tr("One token's vector at a stage of the input embedding"); },
         .parameters =
             [] {
                 return ParameterKinds{stageParameter(), tokenParameter()};
             },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return orNoStage(
                     embeddingVectorFigure(request.frame.compared, stageOf(request), tokenOf(request)));
             },
         .needs = needsOfStage,
         .acrossRuns = AcrossRuns::tokens},
        {.name = "similarity",
         .page = FigurePage::tokens,
         .title = [] { return FigureKinds::tr("Cosine of every two tokens' hidden states after a layer"); },
         .parameters = [] { return ParameterKinds{layerParameter(true)}; },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return MadeFigure{similarityFigure(request.frame.compared, layerOf(request))};
             },
         .slow =
             [](const FigureRequest &request) {
                 return isLargeDifference(request,
                                          std::min(scale_sample_rows, request.frame.trace().tokens()));
             },
         .needs = needsNothing,
         .acrossRuns = AcrossRuns::tokens},
        {.name = "components",
         .page = FigurePage::tokens,
         .title =
             [] { return FigureKinds::tr("The tokens along two principal components of the hidden states"); },
         .parameters = [] { return ParameterKinds{layerParameter(true)}; },
         .make = components,
         .slow = [](const FigureRequest &request) { return !hasProjection(request); },
         .needs = needsNothing},
    };
}

} // namespace encoderscope
