// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/progress.h"
#include "engine/attribution/target.h"
#include "ui/figures/catalogue/kind_parameters.h"
#include "ui/figures/catalogue/shared_scores.h"

#include <functional>

namespace encoderscope
{

// Kinds of the page Why?: computed beside the window, kept, and of the run or of its difference from the
// reference.

/// What was computed, as what makes its figure: with the texts of the language that is chosen by then.
using Explanation = std::function<FigurePtr()>;

/// Without a figure there is a reason, for the user.
struct Explained {
    Explanation figure = {};
    QString reason = {};
};

/// What a frame's explanation follows from.
struct ExplanationBasis {
    TracePtr trace;
    Parameters parameters;
    bool hidesSpecial = false;
    std::optional<TargetChoice> choice;
    int query = -1;
    /// Of a reference: the run whose likeliest word it is, and where that stands in the reference.
    TracePtr now = nullptr;
    std::shared_ptr<const TokenAlignment> alignment = nullptr;

    bool operator==(const ExplanationBasis &) const = default;
};

/// An explanation that was made. That of a reference which did not change is not computed again, as long as
/// the same number of it is explained.
struct KeptExplanation {
    ExplanationBasis basis;
    std::optional<Target> target; ///< nothing: there was none
    Explanation figure = {};

    bool answers(const ExplanationBasis &asked, const std::optional<Target> &number) const;
};
struct KeptExplanations {
    std::vector<KeptExplanation> all;
    std::shared_ptr<SharedScores> shared; ///< with other figures; null: with none
};

/// What other figures compute, too; null: nobody shares it.
std::shared_ptr<SharedScores> sharedOf(const std::any &kept);

/// The part from `first` to `last` of the whole.
OnProgress partOf(const FigureRequest &request, double first, double last);

/// What a kind computes for one run. Throws Stopped.
using Explain = Explained (*)(const FigureRequest &, const std::stop_token &);

/// Whether the explanation of the very same is not kept.
bool isUnexplained(const FigureRequest &request);

/// Made for the run, or for it and the reference, whose difference is shown; what is kept is not computed
/// again.
MadeFigure explainedOrDifference(Explain explain, const FigureRequest &request, const std::stop_token &stop);

/// A kind of this page, which is computed beside the window.
template <Explain explain>
FigureKind whyKind(const char *name, QString (*title)(), ParameterKinds (*parameters)(),
                   AcrossRuns acrossRuns = AcrossRuns::tokens)
{
    return {.name = name,
            .page = FigurePage::why,
            .title = title,
            .parameters = parameters,
            .make = [](const FigureRequest &request,
                       const std::stop_token &stop) { return explainedOrDifference(explain, request, stop); },
            .slow =
                [](const FigureRequest &request) {
                    return request.frame.compared.difference() || isUnexplained(request);
                },
            .acrossRuns = acrossRuns};
}

/// The same of a chart, which has no difference.
template <Explain explain>
FigureKind curveKind(const char *name, QString (*title)(), ParameterKinds (*parameters)())
{
    return {.name = name,
            .page = FigurePage::why,
            .title = title,
            .parameters = parameters,
            .make =
                [](const FigureRequest &request, const std::stop_token &stop) {
                    return request.frame.compared.difference()
                               ? noDifference()
                               : explainedOrDifference(explain, request, stop);
                },
            .slow =
                [](const FigureRequest &request) {
                    return !request.frame.compared.difference() && isUnexplained(request);
                }};
}

} // namespace encoderscope
