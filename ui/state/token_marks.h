// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/predictions.h"

#include <memory>

namespace encoderscope
{

/// What a model's heads say of the tokens of a run. Empty where it has no such head.
struct TokenMarks {
    std::vector<LabelledSpan> labels;
    std::vector<AnswerSpan> answers; ///< likeliest first, a few
    RowVector replaced;              ///< the probability of each token to be a replaced one [1 x tokens]
};

/// Of a run and of the plain run; null where the model marks no tokens.
struct ComparedMarks {
    std::shared_ptr<const TokenMarks> now, before;
};

/// Whether a model of these heads says anything of single tokens.
bool marksTokens(const OutputHeads &heads);

/// Takes about as long as one product of the run.
TokenMarks tokenMarks(const Trace &trace);

} // namespace encoderscope
