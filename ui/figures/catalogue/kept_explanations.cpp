// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/kept_explanations.h"

#include "ui/figures/catalogue/explanation_difference.h"
#include "ui/jobs/result.h"
#include "ui/jobs/stopped.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

/// The neuron that the token in hand has strongest, which follows that token.
bool followsToken(const Parameters &parameters)
{
    const auto neuron = parameters.find(neuronName());
    return neuron != parameters.end() && std::get<int>(neuron->second) < 0;
}

ExplanationBasis basisOf(const FigureRequest &request)
{
    const Frame &frame = request.frame;
    ExplanationBasis basis{.trace = frame.shown(),
                           .parameters = request.parameters,
                           .hidesSpecial = frame.state.hidesSpecial,
                           .choice = frame.state.target,
                           .query = frame.selection.query};
    if (frame.compared.comparison == Comparison::before) {
        basis.now = frame.compared.now;
        basis.alignment = frame.compared.alignment;
    }
    return basis;
}

template <typename Answers>
const KeptExplanation *keptThat(const FigureRequest &request, Answers answers)
{
    const auto *kept = std::any_cast<KeptExplanations>(&request.kept);
    if (!kept)
        return nullptr;
    const auto found = std::find_if(kept->all.begin(), kept->all.end(), answers);
    return found == kept->all.end() ? nullptr : &*found;
}

/// The explanation of the very same; which number that is need not be found out.
const KeptExplanation *keptOf(const FigureRequest &request, const ExplanationBasis &basis)
{
    return keptThat(request, [&](const KeptExplanation &one) { return one.basis == basis; });
}

/// The kept one or a new one; adds it to `all` when it has a figure. Else `reason` says why.
FigurePtr explained(Explain explain, const FigureRequest &request, const std::stop_token &stop,
                    KeptExplanations &all, QString &reason)
{
    KeptExplanation one{.basis = basisOf(request), .target = {}};
    const KeptExplanation *kept = keptOf(request, one.basis);
    if (kept) {
        one.target = kept->target;
    } else {
        // Where there is none, it is for the explanation to say so.
        const Result<Done> chosen = attempt([&] { one.target = chosenTarget(request.frame, stop).target; });
        Q_UNUSED(chosen)
        throwIfStopped(stop);
        kept = keptThat(request,
                        [&](const KeptExplanation &other) { return other.answers(one.basis, one.target); });
    }
    if (kept) {
        one.figure = kept->figure;
    } else {
        Explained made = explain(request, stop);
        one.figure = std::move(made.figure);
        reason = made.reason;
    }
    if (!one.figure)
        return nullptr;
    all.all.push_back(one);
    return one.figure();
}

} // namespace

bool KeptExplanation::answers(const ExplanationBasis &asked, const std::optional<Target> &number) const
{
    return number && basis.trace == asked.trace && basis.parameters == asked.parameters &&
           basis.hidesSpecial == asked.hidesSpecial && target == number &&
           (basis.query == asked.query || !followsToken(asked.parameters));
}

std::shared_ptr<SharedScores> sharedOf(const std::any &kept)
{
    if (const auto *explanations = std::any_cast<KeptExplanations>(&kept))
        return explanations->shared;
    const auto *shared = std::any_cast<std::shared_ptr<SharedScores>>(&kept); // as the page gave it
    return shared ? *shared : nullptr;
}

bool isUnexplained(const FigureRequest &request)
{
    return !keptOf(request, basisOf(request));
}

MadeFigure explainedOrDifference(Explain explain, const FigureRequest &request, const std::stop_token &stop)
{
    MadeFigure made;
    KeptExplanations all{.all = {}, .shared = sharedOf(request.kept)};
    if (!request.frame.compared.difference()) {
        made.figure = explained(explain, request, stop, all, made.reason);
    } else {
        const auto half = [&](Comparison side, double first) {
            const Frame frame = comparedAs(request.frame, side);
            const FigureListener listener{.progress = partOf(request, first, first + 0.5)};
            return explained(explain, {frame, request.parameters, request.kept, listener}, stop, all,
                             made.reason);
        };
        const FigurePtr now = half(Comparison::now, 0.0);
        const FigurePtr reference = now ? half(Comparison::before, 0.5) : nullptr;
        if (reference)
            made.figure = explanationDifference(*now, *reference, request.frame.compared);
    }
    made.kept = std::move(all);
    return made;
}

OnProgress partOf(const FigureRequest &request, double first, double last)
{
    if (!request.listener.progress)
        return {};
    return [&told = request.listener.progress, first, last](double done) {
        told(first + done * (last - first));
    };
}

} // namespace encoderscope
