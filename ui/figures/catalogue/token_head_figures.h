// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"
#include "ui/state/token_marks.h"

namespace encoderscope
{

// What heads say of each token. Each figure throws Error when the model has no such head.

/// Tokens x labels: the probability of each label; the joined spans stand in the caption.
FigurePtr tokenClassesFigure(const ComparedTrace &compared);

/// Tokens of the text (sentence B, else A) x 2: the probability to be the first and the last token of the
/// answer; the likeliest answer stands in the caption. Null when the text has no tokens.
FigurePtr answerFigure(const ComparedTrace &compared);

/// One bar a token: the probability that it was replaced.
FigurePtr replacedFigure(const ComparedTrace &compared);

/// How many multiplications those take: more than a window should wait for where the text is long.
double tokenHeadWork(const Trace &trace, Index outputs);

/// A probability as people read it: "97.3 %".
QString percentText(float probability);

// The marks of a run in a line; what is said where there are none.

enum class LineRoom { page, caption }; ///< a caption lists fewer

/// "PER: “Marie Curie” (99.1 %), LOC: “Warsaw” (97.0 %)"
QString labelsLine(const Trace &trace, const TokenMarks &marks, LineRoom room = LineRoom::page);
/// The likeliest answers, quoted.
QString answersLine(const Trace &trace, const TokenMarks &marks, LineRoom room = LineRoom::page);
/// The tokens that are more likely replaced than not.
QString replacedLine(const Trace &trace, const TokenMarks &marks, LineRoom room = LineRoom::page);

} // namespace encoderscope
