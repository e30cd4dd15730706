// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the page Attention.
#include "ui/figures/catalogue/attention_figures.h"
#include "ui/figures/catalogue/flow_figures.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/jobs/stopped.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

/// In the order of HeadSelection.
ParameterKind headsParameter()
{
    return viewParameter("attention", "heads",
                         FigureKinds::tr("One head, or the mean or maximum of all heads of the layer."));
}

/// In the order of AttentionQuantity.
ParameterKind quantityParameter()
{
    return viewParameter("attention", "quantity", FigureKinds::tr("What of the attention."));
}

ParameterKind logarithmicParameter()
{
    return viewParameter("attention", "log", FigureKinds::tr("A logarithmic colour scale for weights."));
}

ParameterKind allHeadsParameter()
{
    return {.name = QStringLiteral("all"),
            .description = FigureKinds::tr("All heads of the layer over each other."),
            .fallback = false};
}

MadeFigure attention(const FigureRequest &request, const std::stop_token &)
{
    const auto quantity = static_cast<AttentionQuantity>(choiceOf(request, quantityParameter()));
    const AttentionView view{.layer = layerOf(request),
                             .head = headOf(request),
                             .heads = static_cast<HeadSelection>(choiceOf(request, headsParameter())),
                             .quantity = quantity,
                             .logarithmic = quantity == AttentionQuantity::weights &&
                                            isSet(request, logarithmicParameter()),
                             .hideSpecial = request.frame.state.hidesSpecial};
    if (FigurePtr figure = attentionFigure(request.frame.compared, view))
        return {std::move(figure)};
    return {.reason = quantity == AttentionQuantity::positionBias
                          ? FigureKinds::tr("This model adds no position bias to its scores.")
                          : FigureKinds::tr("This model's scores have no such product: only q·k.")};
}

bool attentionIsSlow(const FigureRequest &request)
{
    const bool one = choiceOf(request, headsParameter()) == static_cast<int>(HeadSelection::one);
    return manyNumbers(request, sampledPairs(request) * (one ? 1 : request.frame.trace().heads()));
}

/// Of every layer.
FigureNeeds needsWeights(const FigureRequest &)
{
    return {{TracePart::weights}};
}

MadeFigure lines(const FigureRequest &request, const std::stop_token &)
{
    FigurePtr figure = linesFigure(request.frame.compared, layerOf(request), headOf(request),
                                   isSet(request, allHeadsParameter()), request.frame.state.hidesSpecial);
    if (figure)
        return {std::move(figure)};
    return {.reason = FigureKinds::tr("Lines are shown for up to %1 tokens.").arg(most_line_tokens)};
}

bool manyWeights(const FigureRequest &request)
{
    const Trace &trace = request.frame.trace();
    const double heads = trace.layers() * trace.heads();
    return manyNumbers(request, heads * trace.tokens() * trace.tokens());
}

/// What took long, and what it was computed from.
struct Rolled {
    TracePtr now, before;
    Comparison comparison = Comparison::now;
    bool hidesSpecial = false;
    int layer = -1;
    Matrix shares;

    static Rolled questionOf(const FigureRequest &request)
    {
        const ComparedTrace &compared = request.frame.compared;
        return {compared.now,        compared.before,
                compared.comparison, request.frame.state.hidesSpecial,
                layerOf(request),    {}};
    }
    bool answers(const Rolled &question) const
    {
        return now == question.now && before == question.before && comparison == question.comparison &&
               hidesSpecial == question.hidesSpecial && layer == question.layer;
    }
};

const Rolled *keptRollout(const FigureRequest &request)
{
    const auto *kept = std::any_cast<Rolled>(&request.kept);
    return kept && kept->answers(Rolled::questionOf(request)) ? kept : nullptr;
}

MadeFigure rollout(const FigureRequest &request, const std::stop_token &stop)
{
    Rolled rolled = Rolled::questionOf(request);
    if (const Rolled *kept = keptRollout(request))
        rolled = *kept;
    else
        rolled.shares = comparedRollout(request.frame.compared, rolled.layer, rolled.hidesSpecial, stop);
    FigurePtr figure =
        rolloutFigure(request.frame.compared, rolled.shares, rolled.layer, rolled.hidesSpecial);
    const bool none = figure == nullptr;
    return {std::move(figure), none ? FigureKinds::tr("The text has no tokens but special ones.") : QString(),
            rolled};
}

struct Measured {
    TracePtr trace;
    std::vector<HeadStatistics> heads;
};

/// Of the run shown, and of the plain run for a difference.
struct MeasuredHeads {
    Measured now, before;
};

bool measures(const Measured &measured, const TracePtr &trace)
{
    return trace && measured.trace == trace;
}

bool hasStatistics(const FigureRequest &request)
{
    const auto *kept = std::any_cast<MeasuredHeads>(&request.kept);
    const ComparedTrace &compared = request.frame.compared;
    if (!kept)
        return false;
    return compared.difference()
               ? measures(kept->now, compared.now) && measures(kept->before, compared.before)
               : measures(kept->now, request.frame.shown());
}

MadeFigure headStatistics(const FigureRequest &request, const std::stop_token &stop)
{
    const ComparedTrace &compared = request.frame.compared;
    MeasuredHeads measured;
    if (hasStatistics(request)) {
        measured = std::any_cast<MeasuredHeads>(request.kept);
    } else {
        const auto measure = [&stop](const TracePtr &trace) {
            Measured one{trace, head_statistics(*trace, stop)};
            throwIfStopped(stop);
            return one;
        };
        measured.now = measure(compared.difference() ? compared.now : request.frame.shown());
        if (compared.difference())
            measured.before = measure(compared.before);
    }
    return {headStatisticsFigure(compared, measured.now.heads, measured.before.heads), {}, measured};
}

} // namespace

std::vector<FigureKind> attentionKinds()
{
    return {
        {.name = "attention",
         .page = FigurePage::attention,
         .title = [] { return FigureKinds::tr("Query × key of one head, or of all heads of a layer"); },
         .parameters =
             [] {
                 return ParameterKinds{layerParameter(), headParameter(), headsParameter(),
                                       quantityParameter(), logarithmicParameter()};
             },
         .make = attention,
         .slow = attentionIsSlow,
         .needs =
             [](const FigureRequest &request) {
                 const bool scores =
                     choiceOf(request, quantityParameter()) != static_cast<int>(AttentionQuantity::weights);
                 return needsOfLayer(request, {scores ? TracePart::scores : TracePart::weights});
             },
         .acrossRuns = AcrossRuns::head},
        {.name = "lines",
         .page = FigurePage::attention,
         .title = [] { return FigureKinds::tr("Lines between the tokens, as strong as the attention"); },
         .parameters =
             [] {
                 return ParameterKinds{layerParameter(), headParameter(), allHeadsParameter()};
             },
         .make = lines,
         .needs = [](const FigureRequest &request) { return needsOfLayer(request, {TracePart::weights}); },
         .acrossRuns = AcrossRuns::head},
        {.name = "heads",
         .page = FigurePage::attention,
         .title = [] { return FigureKinds::tr("The attention of every head of every layer"); },
         .parameters = [] { return ParameterKinds(); },
         .make =
             [](const FigureRequest &request, const std::stop_token &stop) {
                 return MadeFigure{
                     headsFigure(request.frame.compared, request.frame.state.hidesSpecial, stop)};
             },
         .slow = manyWeights,
         .needs = needsWeights,
         .acrossRuns = AcrossRuns::allHeads},
        {.name = "rollout",
         .page = FigurePage::attention,
         .title = [] { return FigureKinds::tr("How much of each input token reaches each token (rollout)"); },
         .parameters = [] { return ParameterKinds{layerParameter()}; },
         .make = rollout,
         .slow = [](const FigureRequest &request) { return keptRollout(request) == nullptr; },
         .needs = needsWeights,
         .acrossRuns = AcrossRuns::tokens},
        {.name = "head-statistics",
         .page = FigurePage::attention,
         .title = [] { return FigureKinds::tr("What each head looks at, in numbers"); },
         .parameters = [] { return ParameterKinds(); },
         .make = headStatistics,
         .slow = [](const FigureRequest &request) { return !hasStatistics(request); },
         .needs = needsWeights,
         .acrossRuns = AcrossRuns::allHeads},
    };
}

} // namespace encoderscope
