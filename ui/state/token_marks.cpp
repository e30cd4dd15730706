// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/token_marks.h"

#include "engine/analysis/head_function.h"

namespace encoderscope
{

bool marksTokens(const OutputHeads &heads)
{
    return heads.token_classification || heads.answer || heads.discriminator;
}

TokenMarks tokenMarks(const Trace &trace)
{
    constexpr int shownAnswers = 3;
    const OutputHeads &heads = trace.model().output;
    TokenMarks marks;
    if (heads.token_classification)
        marks.labels = labelled_spans(trace);
    if (heads.answer)
        marks.answers = answers(trace, shownAnswers);
    if (heads.discriminator)
        marks.replaced = logistic(replaced_logits(trace));
    return marks;
}

} // namespace encoderscope
