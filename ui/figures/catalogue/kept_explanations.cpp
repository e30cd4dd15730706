// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/kept_explanations.h"

#include <algorithm>

namespace encoderscope
{

std::shared_ptr<SharedScores> sharedOf(const std::any &kept)
{
    if (const auto *explanations = std::any_cast<KeptExplanations>(&kept))
        return explanations->shared;
    const auto *shared = std::any_cast<std::shared_ptr<SharedScores>>(&kept); // as the page gave it
    return shared ? *shared : nullptr;
}

KeptExplanation askedFor(const FigureRequest &request)
{
    const Frame &frame = request.frame;
    return {.trace = frame.shown(),
            .parameters = request.parameters,
            .target = frame.state.target,
            .query = frame.selection.query,
            .hidesSpecial = frame.state.hidesSpecial,
            .language = noDifference().reason};
}

const KeptExplanation *keptFor(const FigureRequest &request, const KeptExplanation &asked)
{
    const auto *kept = std::any_cast<KeptExplanations>(&request.kept);
    if (!kept)
        return nullptr;
    const auto found = std::find_if(kept->all.begin(), kept->all.end(),
                                    [&](const KeptExplanation &one) { return one.answers(asked); });
    return found == kept->all.end() ? nullptr : &*found;
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
