// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/progress.h"
#include "ui/figures/catalogue/explanation_difference.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/figures/catalogue/shared_scores.h"

namespace encoderscope
{

// Kinds of the page Why?: computed beside the window, kept, and of the run or of its difference from the
// reference.

/// An explanation that was made, and all that it depends on: that of a reference which did not change is not
/// computed again.
struct KeptExplanation {
    TracePtr trace;
    Parameters parameters;
    std::optional<TargetChoice> target;
    int query = -1;
    bool hidesSpecial = false;
    QString language; ///< a text of it
    FigurePtr figure = {};
    QString reason = {};

    bool answers(const KeptExplanation &asked) const
    {
        return trace == asked.trace && parameters == asked.parameters && target == asked.target &&
               query == asked.query && hidesSpecial == asked.hidesSpecial && language == asked.language;
    }
};
struct KeptExplanations {
    std::vector<KeptExplanation> all;
    std::shared_ptr<SharedScores> shared; ///< with other figures; null: with none
};

/// What other figures compute, too; null: nobody shares it.
std::shared_ptr<SharedScores> sharedOf(const std::any &kept);

/// What an answer to the request depends on, and the one that was kept; null when there is none.
KeptExplanation askedFor(const FigureRequest &request);
const KeptExplanation *keptFor(const FigureRequest &request, const KeptExplanation &asked);

/// The part from `first` to `last` of the whole.
OnProgress partOf(const FigureRequest &request, double first, double last);

using MakeExplanation = MadeFigure (*)(const FigureRequest &, const std::stop_token &);

template <MakeExplanation make>
KeptExplanation explained(const FigureRequest &request, const std::stop_token &stop)
{
    KeptExplanation asked = askedFor(request);
    if (const KeptExplanation *kept = keptFor(request, asked))
        return *kept;
    const MadeFigure made = make(request, stop);
    asked.figure = made.figure;
    asked.reason = made.reason;
    return asked;
}

/// Made for the run and for the reference, whose difference is shown.
template <MakeExplanation make>
MadeFigure explainedOrDifference(const FigureRequest &request, const std::stop_token &stop)
{
    const std::shared_ptr<SharedScores> shared = sharedOf(request.kept);
    if (!request.frame.compared.difference()) {
        const KeptExplanation one = explained<make>(request, stop);
        return {one.figure, one.reason, KeptExplanations{{one}, shared}};
    }
    const auto half = [&](Comparison side, double first) {
        const Frame frame = comparedAs(request.frame, side);
        const FigureListener listener{.progress = partOf(request, first, first + 0.5)};
        return explained<make>({frame, request.parameters, request.kept, listener}, stop);
    };
    const KeptExplanation now = half(Comparison::now, 0.0);
    if (!now.figure)
        return {.reason = now.reason, .kept = KeptExplanations{{now}, shared}};
    const KeptExplanation reference = half(Comparison::before, 0.5);
    const KeptExplanations both{{now, reference}, shared};
    if (!reference.figure)
        return {.reason = reference.reason, .kept = both};
    return {.figure = explanationDifference(*now.figure, *reference.figure, request.frame.compared),
            .kept = both};
}

/// A kind of this page, which is computed beside the window.
template <MakeExplanation make>
FigureKind whyKind(const char *name, QString (*title)(), ParameterKinds (*parameters)(),
                   AcrossRuns acrossRuns = AcrossRuns::tokens)
{
    return {.name = name,
            .page = FigurePage::why,
            .title = title,
            .parameters = parameters,
            .make = explainedOrDifference<make>,
            .slow =
                [](const FigureRequest &request) {
                    return request.frame.compared.difference() || !keptFor(request, askedFor(request));
                },
            .acrossRuns = acrossRuns};
}

/// The same of a chart, which has no difference.
template <MakeExplanation make>
FigureKind curveKind(const char *name, QString (*title)(), ParameterKinds (*parameters)())
{
    return {.name = name,
            .page = FigurePage::why,
            .title = title,
            .parameters = parameters,
            .make =
                [](const FigureRequest &request, const std::stop_token &stop) {
                    return request.frame.compared.difference() ? noDifference()
                                                               : explainedOrDifference<make>(request, stop);
                },
            .slow =
                [](const FigureRequest &request) {
                    return !request.frame.compared.difference() && !keptFor(request, askedFor(request));
                }};
}

} // namespace encoderscope
