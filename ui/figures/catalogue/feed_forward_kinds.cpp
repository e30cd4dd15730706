// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the page Feed-forward.
#include "engine/analysis/contributions.h"
#include "ui/figures/catalogue/feed_forward_figures.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/figures/catalogue/neuron_figures.h"
#include "ui/figures/catalogue/separation_figure.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

ParameterKind feedForwardStageParameter()
{
    return viewParameter("feed-forward", "stage",
                         FigureKinds::tr("Before or after the activation; of a gated FFN also the gate and "
                                         "the value apart."));
}

ParameterKind stepsParameter()
{
    return viewParameter("separation", "steps", FigureKinds::tr("How many steps both networks are trained."));
}

/// In the order of FeedForwardStage.
FeedForwardStage feedForwardStageOf(const FigureRequest &request)
{
    return static_cast<FeedForwardStage>(choiceOf(request, feedForwardStageParameter()));
}

/// -1 when none is asked for or pinned.
int neuronOf(const FigureRequest &request)
{
    return std::min(wholeOf(request, neuronParameter()), request.frame.trace().config().d_ff - 1);
}

FigureNeeds needsActivated(const FigureRequest &request)
{
    return needsOfLayer(request, {TracePart::activated});
}

/// The one that is asked for or pinned, else the token's strongest.
int chosenNeuron(const FigureRequest &request)
{
    const int neuron = neuronOf(request);
    return neuron >= 0 ? neuron
                       : strongest_neurons(request.frame.trace(), layerOf(request), tokenOf(request), 1)
                             .front()
                             .index;
}

MadeFigure oneNeuron(const FigureRequest &request, const std::stop_token &)
{
    return {neuronFigure(request.frame.compared, layerOf(request), chosenNeuron(request))};
}

MadeFigure neuronWeights(const FigureRequest &request, const std::stop_token &)
{
    if (request.frame.compared.difference())
        return noDifference();
    return {neuronWeightsFigure(request.frame.trace(), layerOf(request), chosenNeuron(request))};
}

MadeFigure neuronWords(const FigureRequest &request, const std::stop_token &)
{
    if (request.frame.compared.difference())
        return noDifference();
    const Trace &trace = request.frame.trace();
    if (!trace.model().output.masked_word)
        return {.reason = FigureKinds::tr("The model has no head that predicts masked words.")};
    return {neuronWordsFigure(trace, layerOf(request), chosenNeuron(request), tokenOf(request))};
}

ParameterKinds neuronParameters()
{
    return {layerParameter(), tokenParameter(), neuronParameter()};
}

} // namespace

std::vector<FigureKind> feedForwardKinds()
{
    return {
        {.name = "feed-forward",
         .page = FigurePage::feedForward,
         .title = [] { return FigureKinds::tr("Tokens × d_ff before or after the activation"); },
         .parameters =
             [] {
                 return ParameterKinds{layerParameter(), feedForwardStageParameter()};
             },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 if (FigurePtr figure = feedForwardFigure(request.frame.compared, layerOf(request),
                                                          feedForwardStageOf(request)))
                     return MadeFigure{std::move(figure)};
                 return MadeFigure{.reason = FigureKinds::tr("The FFN has no gate.")};
             },
         .slow =
             [](const FigureRequest &request) {
                 return isLargeDifference(request, request.frame.trace().config().d_ff);
             },
         .needs =
             [](const FigureRequest &request) {
                 const bool before = feedForwardStageOf(request) == FeedForwardStage::before;
                 return needsOfLayer(request, {before ? TracePart::expanded : TracePart::activated});
             },
         .acrossRuns = AcrossRuns::tokens},
        {.name = "neurons",
         .page = FigurePage::feedForward,
         .title = [] { return FigureKinds::tr("One token's strongest neurons"); },
         .parameters =
             [] {
                 return ParameterKinds{layerParameter(), tokenParameter()};
             },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return MadeFigure{
                     strongestNeuronsFigure(request.frame.compared, layerOf(request), tokenOf(request))};
             },
         .needs = needsActivated},
        {.name = "activation",
         .page = FigurePage::feedForward,
         .title = [] { return FigureKinds::tr("The activation function with one token's neurons on it"); },
         .parameters = neuronParameters,
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return MadeFigure{activationCurve(request.frame.compared, layerOf(request), tokenOf(request),
                                                   neuronOf(request))};
             },
         .needs =
             [](const FigureRequest &request) {
                 return needsOfLayer(
                     request, {TracePart::expanded, TracePart::activated, TracePart::activation_function});
             }},
        {.name = "neuron",
         .page = FigurePage::feedForward,
         .title = [] { return FigureKinds::tr("One neuron over all tokens"); },
         .parameters = neuronParameters,
         .make = oneNeuron,
         .needs = needsActivated,
         .acrossRuns = AcrossRuns::tokens},
        {.name = "neuron-weights",
         .page = FigurePage::feedForward,
         .title = [] { return FigureKinds::tr("What one neuron reads and what it adds: its weights"); },
         .parameters = neuronParameters,
         .make = neuronWeights},
        {.name = "neuron-words",
         .page = FigurePage::feedForward,
         .title = [] { return FigureKinds::tr("The words that one neuron's output pushes up and down"); },
         .parameters = neuronParameters,
         .make = neuronWords,
         .slow = [](const FigureRequest &request) { return !request.frame.compared.difference(); }},
        {.name = "separation",
         .page = FigurePage::feedForward,
         .title = [] { return FigureKinds::tr("What two layers learn without and with an activation"); },
         .parameters = [] { return ParameterKinds{stepsParameter()}; },
         .make =
             [](const FigureRequest &request, const std::stop_token &stop) {
                 return MadeFigure{separationFigure(wholeOf(request, stepsParameter()), stop)};
             },
         .slow = [](const FigureRequest &) { return true; },
         .ofText = false},
    };
}

} // namespace encoderscope
