// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/deletion_curves.h"
#include "engine/attribution/token_methods.h"
#include "ui/figures/figure.h"
#include "ui/state/chosen_target.h"

#include <vector>

namespace encoderscope
{

// What each token did for a target, and the proof.

/// "Integrated gradients".
QString methodTitle(TokenMethod method);
/// "mask token".
QString baselineTitle(Baseline baseline);

/// How tokens were scored.
struct ScoreSettings {
    Baseline baseline = Baseline::mask;
    int steps = 50; ///< of integrated gradients
};

/// One method's answer.
struct ScoredTokens {
    TokenMethod method = TokenMethod::gradient;
    MethodScores found;
};

/// Method x token: each method's scores as shares of its own largest, so that they can be compared.
FigurePtr tokenMethodsFigure(const Frame &frame, const ChosenTarget &chosen, const ScoreSettings &settings,
                             const std::vector<ScoredTokens> &methods);

/// One method's scores, a bar for each token.
FigurePtr tokenScoresFigure(const Frame &frame, const ChosenTarget &chosen, const ScoreSettings &settings,
                            const ScoredTokens &scored);

/// The target while tokens are replaced by the baseline, or given back, in the order of a method, beside the
/// mean of `orders` random ones.
FigurePtr curvesFigure(const ChosenTarget &chosen, const ScoreSettings &settings, TokenMethod method,
                       const Curves &curves, const Curves &random, int orders);

/// The tokens of the target's run that are shown, without special ones where the frame hides them; what the
/// selection calls them; and their labels.
struct ShownTokens {
    QList<int> tokens;  ///< of the target's run
    QList<int> indices; ///< of the frame's run; past its end for a token that it does not have
    QStringList labels;
};
ShownTokens shownTokens(const Frame &frame, const ChosenTarget &chosen);
/// The same of the run of one sentence alone: 0 = A, 1 = B.
ShownTokens shownTokens(const Frame &frame, const Trace &alone, int segment);

/// "logit “mat” at token 6, “[MASK]” = 8.21": what captions begin with.
QString targetCaption(const ChosenTarget &chosen, double value);

} // namespace encoderscope
