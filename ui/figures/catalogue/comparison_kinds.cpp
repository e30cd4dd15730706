// SPDX-License-Identifier: GPL-3.0-or-later
// The figures that put heads, layers and models next to each other.
#include "engine/analysis/hidden_similarity.h"
#include "engine/error.h"
#include "ui/figures/catalogue/head_comparison_figures.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/figures/catalogue/model_comparison_figures.h"
#include "ui/jobs/result.h"
#include "ui/jobs/stopped.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int most_queries = 64; // of a text, for the distances between all heads

ParameterKind chosenParameter()
{
    return viewParameter("several-heads", "chosen",
                         FigureKinds::tr("The heads: \"1.2 3.4\" is head 2 of layer 1 and head 4 of layer "
                                         "3; without it the pinned one."));
}

/// In the order of HeadsTogether.
ParameterKind togetherParameter()
{
    return viewParameter("several-heads", "as",
                         FigureKinds::tr("Side by side, or their mean, maximum or difference: of the first "
                                         "from the mean of the others."));
}

ParameterKind countParameter(int fallback)
{
    return {.name = QStringLiteral("count"),
            .description = FigureKinds::tr("How many."),
            .type = ParameterKind::Type::integer,
            .lowest = 1,
            .highest = 100,
            .fallback = fallback};
}

FigureNeeds needsBothWeights(const FigureRequest &)
{
    return {{TracePart::weights}};
}

MadeFigure severalHeads(const FigureRequest &request, const std::stop_token &)
{
    const Trace &trace = request.frame.trace();
    const Result<std::vector<HeadPlace>> read =
        attempt([&] { return chosenHeads(wordOf(request, chosenParameter())); });
    if (!read)
        return {.reason = read.problem()};
    std::vector<HeadPlace> heads = *read;
    if (heads.empty())
        heads.push_back({request.frame.selection.layer, request.frame.selection.head});
    for (const HeadPlace &head : heads) {
        if (head.layer >= trace.layers() || head.head >= trace.heads())
            return {.reason = FigureKinds::tr("There is no head %1: the model has %2 layers of %3 heads.")
                                  .arg(chosenHeadsText({head}))
                                  .arg(trace.layers())
                                  .arg(trace.heads())};
    }
    const auto together = static_cast<HeadsTogether>(choiceOf(request, togetherParameter()));
    if (together == HeadsTogether::difference && heads.size() < 2)
        return {.reason = FigureKinds::tr("Choose a second head: Ctrl+click in the map, in the grid of all "
                                          "heads or in the table of heads.")};
    return {severalHeadsFigure(request.frame.compared, heads, together, request.frame.state.hidesSpecial)};
}

bool severalHeadsAreSlow(const FigureRequest &request)
{
    const Result<std::vector<HeadPlace>> heads =
        attempt([&] { return chosenHeads(wordOf(request, chosenParameter())); });
    const double count = heads ? static_cast<double>(std::max<std::size_t>(1, heads->size())) : 1.0;
    const double tokens = request.frame.trace().tokens();
    const bool whole = choiceOf(request, togetherParameter()) == static_cast<int>(HeadsTogether::difference);
    return manyNumbers(request, count * (whole ? tokens * tokens : sampledPairs(request)));
}

const HeadLikeness *keptLikeness(const FigureRequest &request)
{
    const auto *kept = std::any_cast<HeadLikeness>(&request.kept);
    return kept && kept->trace == request.frame.shown() ? kept : nullptr;
}

HeadLikeness likenessOf(const FigureRequest &request, const std::stop_token &stop)
{
    if (const HeadLikeness *kept = keptLikeness(request))
        return *kept;
    HeadLikeness likeness{.trace = request.frame.shown(),
                          .distances = head_distances(*request.frame.shown(), most_queries, stop),
                          .plane = {}};
    throwIfStopped(stop);
    likeness.plane = classical_scaling(likeness.distances.values);
    return likeness;
}

MadeFigure noDifferenceOfDistances()
{
    return {.reason = FigureKinds::tr("How alike heads are is shown of one run, not as a difference. Choose "
                                      "now, reference or side by side.")};
}

MadeFigure likeHeads(const FigureRequest &request, const std::stop_token &stop)
{
    if (request.frame.compared.difference())
        return noDifferenceOfDistances();
    if (request.frame.trace().layers() * request.frame.trace().heads() < 2)
        return {.reason = FigureKinds::tr("The model has only one head.")};
    const HeadLikeness likeness = likenessOf(request, stop);
    return {likeHeadsFigure(request.frame.compared, likeness, {layerOf(request), headOf(request)},
                            wholeOf(request, countParameter(12))),
            {},
            likeness};
}

MadeFigure headMap(const FigureRequest &request, const std::stop_token &stop)
{
    if (request.frame.compared.difference())
        return noDifferenceOfDistances();
    const HeadLikeness likeness = likenessOf(request, stop);
    return {headMapFigure(request.frame.compared, likeness), {}, likeness};
}

bool distancesAreMissing(const FigureRequest &request)
{
    return !request.frame.compared.difference() && keptLikeness(request) == nullptr;
}

struct Similarity {
    TracePtr now, reference;
    std::shared_ptr<const TokenAlignment> alignment;
    Eigen::MatrixXd values;

    bool answers(const ComparedTrace &compared) const
    {
        return now == compared.now && reference == compared.before && alignment == compared.alignment;
    }
};

const Similarity *keptSimilarity(const FigureRequest &request)
{
    const auto *kept = std::any_cast<Similarity>(&request.kept);
    return kept && kept->answers(request.frame.compared) ? kept : nullptr;
}

MadeFigure layerSimilarity(const FigureRequest &request, const std::stop_token &stop)
{
    const ComparedTrace &compared = request.frame.compared;
    Similarity similarity{compared.now, compared.before, compared.alignment, {}};
    if (const Similarity *kept = keptSimilarity(request)) {
        similarity = *kept;
    } else {
        const TokenAlignment alignment =
            compared.alignment
                ? static_cast<const TokenAlignment &>(*compared.alignment)
                : align_tokens(compared.now->encoding(), compared.before->encoding(), {}, stop);
        similarity.values = hidden_similarity(*compared.now, *compared.before, alignment, stop);
        throwIfStopped(stop);
    }
    if (!similarity.values.allFinite())
        return {.reason = FigureKinds::tr("Too few tokens of the two texts stand for each other to tell how "
                                          "similar the layers are."),
                .kept = similarity};
    return {layerSimilarityFigure(compared, similarity.values), {}, similarity};
}

const ComparedWeights *keptChanges(const FigureRequest &request)
{
    const auto *kept = std::any_cast<ComparedWeights>(&request.kept);
    const ComparedTrace &compared = request.frame.compared;
    return kept && kept->model == compared.now->model_pointer() &&
                   kept->base == compared.before->model_pointer()
               ? kept
               : nullptr;
}

bool haveSameModel(const FigureRequest &request)
{
    const ComparedTrace &compared = request.frame.compared;
    return compared.now->model_pointer() == compared.before->model_pointer();
}

MadeFigure weightChanges(const FigureRequest &request, const std::stop_token &stop)
{
    if (haveSameModel(request))
        return {.reason = FigureKinds::tr("Both runs are of one model. Pin a run (F9), then open another "
                                          "version of the model, or train it: here stands which weights "
                                          "moved most.")};
    const ComparedTrace &compared = request.frame.compared;
    ComparedWeights changes{compared.now->model_pointer(), compared.before->model_pointer(), {}};
    if (const ComparedWeights *kept = keptChanges(request)) {
        changes = *kept;
    } else {
        changes.changes = weight_changes(*changes.model, *changes.base, stop);
        throwIfStopped(stop);
    }
    if (!changes.changes.reason.isEmpty())
        return {.reason = changes.changes.reason, .kept = changes};
    return {weightChangesFigure(changes, wholeOf(request, countParameter(24))), {}, changes};
}

} // namespace

std::vector<FigureKind> headComparisonKinds()
{
    return {
        {.name = "several-heads",
         .page = FigurePage::attention,
         .title = [] { return FigureKinds::tr("Several heads of any layers side by side, or together"); },
         .parameters =
             [] {
                 return ParameterKinds{chosenParameter(), togetherParameter()};
             },
         .make = severalHeads,
         .slow = severalHeadsAreSlow,
         .needs = needsBothWeights,
         .acrossRuns = AcrossRuns::allHeads},
        {.name = "like-heads",
         .page = FigurePage::attention,
         .title = [] { return FigureKinds::tr("The heads that weight the tokens most like one"); },
         .parameters =
             [] {
                 return ParameterKinds{layerParameter(), headParameter(), countParameter(12)};
             },
         .make = likeHeads,
         .slow = distancesAreMissing,
         .needs = needsBothWeights},
        {.name = "head-map",
         .page = FigurePage::attention,
         .title =
             [] { return FigureKinds::tr("All heads in a plane: near each other where they are alike"); },
         .parameters = [] { return ParameterKinds(); },
         .make = headMap,
         .slow = distancesAreMissing,
         .needs = needsBothWeights},
    };
}

std::vector<FigureKind> layerComparisonKinds()
{
    return {{.name = "layer-similarity",
             .page = FigurePage::output,
             .title = [] { return FigureKinds::tr("How similar the layers of two runs are (linear CKA)"); },
             .parameters = [] { return ParameterKinds(); },
             .make = layerSimilarity,
             .slow = [](const FigureRequest &request) { return keptSimilarity(request) == nullptr; },
             .needs = needsNothing,
             .ofBoth = true}};
}

std::vector<FigureKind> weightComparisonKinds()
{
    return {{.name = "weight-changes",
             .page = FigurePage::weights,
             .title = [] { return FigureKinds::tr("Which weights of two models differ most"); },
             .parameters = [] { return ParameterKinds{countParameter(24)}; },
             .make = weightChanges,
             .slow =
                 [](const FigureRequest &request) {
                     return !haveSameModel(request) && keptChanges(request) == nullptr;
                 },
             .ofText = false,
             .ofBoth = true}};
}

} // namespace encoderscope
