// SPDX-License-Identifier: GPL-3.0-or-later
// The figures of the page Output.
#include "ui/figures/catalogue/hidden_figures.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/figures/catalogue/output_figures.h"
#include "ui/figures/catalogue/token_head_figures.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

ParameterKind wordCountParameter()
{
    return {.name = QStringLiteral("count"),
            .description = FigureKinds::tr("How many words."),
            .type = ParameterKind::Type::integer,
            .lowest = 1,
            .highest = 100,
            .fallback = 12};
}

ParameterKind sentenceParameter()
{
    return {.name = QStringLiteral("sentence"),
            .description = FigureKinds::tr("Sentence A or B."),
            .type = ParameterKind::Type::choice,
            .choices = {QStringLiteral("a"), QStringLiteral("b")},
            .fallback = QStringLiteral("a")};
}

bool hasPredictions(const FigureRequest &request)
{
    const auto *kept = std::any_cast<PredictedWords>(&request.kept);
    return kept &&
           kept->answers(request.frame.compared, tokenOf(request), wholeOf(request, wordCountParameter()));
}

MadeFigure predictions(const FigureRequest &request, const std::stop_token &)
{
    if (!request.frame.trace().model().output.masked_word)
        return {.reason = FigureKinds::tr("The model has no head that predicts masked words.")};
    const PredictedWords words = hasPredictions(request)
                                     ? std::any_cast<PredictedWords>(request.kept)
                                     : predictedWords(request.frame.compared, tokenOf(request),
                                                      wholeOf(request, wordCountParameter()));
    return {predictionsFigure(words), {}, words};
}

bool hasVectors(const FigureRequest &request)
{
    const auto *kept = std::any_cast<ComparedVectors>(&request.kept);
    return kept && kept->answers(request.frame.compared);
}

MadeFigure sentenceVector(const FigureRequest &request, const std::stop_token &)
{
    const ComparedVectors vectors = hasVectors(request) ? std::any_cast<ComparedVectors>(request.kept)
                                                        : comparedVectors(request.frame.compared);
    const bool second = choiceOf(request, sentenceParameter()) == 1;
    FigurePtr figure = sentenceVectorFigure(request.frame.compared, vectors, second);
    QString reason;
    if (!figure)
        reason = !vectors.shown().problem.isEmpty() ? vectors.shown().problem
                 : second ? FigureKinds::tr("Add a sentence B to compare it with A.")
                          : FigureKinds::tr("The text has no tokens but special ones.");
    return {std::move(figure), reason, vectors};
}

MadeFigure classes(const FigureRequest &request, const std::stop_token &)
{
    if (!request.frame.trace().model().output.classification)
        return {.reason = FigureKinds::tr("The model has no head that tells classes.")};
    return {classesFigure(request.frame.compared)};
}

MadeFigure tokenClasses(const FigureRequest &request, const std::stop_token &)
{
    if (!request.frame.trace().model().output.token_classification)
        return {.reason = FigureKinds::tr("The model has no head that labels tokens.")};
    return {tokenClassesFigure(request.frame.compared)};
}

MadeFigure answer(const FigureRequest &request, const std::stop_token &)
{
    if (!request.frame.trace().model().output.answer)
        return {.reason = FigureKinds::tr("The model has no head that answers questions.")};
    FigurePtr figure = answerFigure(request.frame.compared);
    const QString reason = figure ? QString() : FigureKinds::tr("There is no text to find an answer in.");
    return {std::move(figure), reason};
}

MadeFigure replaced(const FigureRequest &request, const std::stop_token &)
{
    if (!request.frame.trace().model().output.discriminator)
        return {.reason = FigureKinds::tr("The model has no head that finds replaced tokens.")};
    return {replacedFigure(request.frame.compared)};
}

/// More multiplications than a few milliseconds are enough for.
bool isLong(double work)
{
    return work > 1e7;
}

bool tokenClassesAreSlow(const FigureRequest &request)
{
    const Trace &trace = request.frame.trace();
    const auto &head = trace.model().output.token_classification;
    return head && isLong(tokenHeadWork(trace, head->classifier.weight.rows()));
}

bool replacedIsSlow(const FigureRequest &request)
{
    const Trace &trace = request.frame.trace();
    return trace.model().output.discriminator && isLong(tokenHeadWork(trace, trace.config().d_model));
}

} // namespace

std::vector<FigureKind> outputKinds()
{
    return {
        {.name = "hidden",
         .page = FigurePage::output,
         .title = [] { return FigureKinds::tr("Tokens × d_model after a layer"); },
         .parameters = [] { return ParameterKinds{layerParameter(true)}; },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return MadeFigure{hiddenFigure(request.frame.compared, layerOf(request))};
             },
         .slow =
             [](const FigureRequest &request) {
                 return isLargeDifference(request, request.frame.trace().config().d_model);
             },
         .needs = needsNothing,
         .acrossRuns = AcrossRuns::tokens},
        {.name = "lengths",
         .page = FigurePage::output,
         .title =
             [] { return FigureKinds::tr("One token through the layers: its length, and what was added"); },
         .parameters = [] { return ParameterKinds{tokenParameter()}; },
         .make =
             [](const FigureRequest &request, const std::stop_token &) {
                 return MadeFigure{contributionsFigure(request.frame.compared, tokenOf(request))};
             },
         .needs =
             [](const FigureRequest &) {
                 return FigureNeeds{{TracePart::attention_output}, {TracePart::feed_forward_output}};
             }},
        {.name = "predictions",
         .page = FigurePage::output,
         .title = [] { return FigureKinds::tr("The words that the model expects at a token"); },
         .parameters =
             [] {
                 return ParameterKinds{tokenParameter(), wordCountParameter()};
             },
         .make = predictions,
         .slow = [](const FigureRequest &request) { return !hasPredictions(request); }},
        {.name = "sentence-vector",
         .page = FigurePage::output,
         .title = [] { return FigureKinds::tr("One vector of a whole sentence"); },
         .parameters = [] { return ParameterKinds{sentenceParameter()}; },
         .make = sentenceVector,
         .slow = [](const FigureRequest &request) { return !hasVectors(request); },
         .needs = needsNothing},
        {.name = "classes",
         .page = FigurePage::output,
         .title = [] { return FigureKinds::tr("The sentence's classes"); },
         .parameters = [] { return ParameterKinds(); },
         .make = classes},
        {.name = "token-classes",
         .page = FigurePage::output,
         .title = [] { return FigureKinds::tr("The labels of the tokens"); },
         .parameters = [] { return ParameterKinds(); },
         .make = tokenClasses,
         .slow = tokenClassesAreSlow},
        {.name = "answer",
         .page = FigurePage::output,
         .title = [] { return FigureKinds::tr("Where in B the answer to A begins and ends"); },
         .parameters = [] { return ParameterKinds(); },
         .make = answer},
        {.name = "replaced",
         .page = FigurePage::output,
         .title = [] { return FigureKinds::tr("Which tokens the model takes for replaced ones"); },
         .parameters = [] { return ParameterKinds(); },
         .make = replaced,
         .slow = replacedIsSlow},
    };
}

} // namespace encoderscope
