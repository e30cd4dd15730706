// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/predictions.h"
#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"

namespace encoderscope
{

/// Through the layers: the length of a token's hidden state, and of what each sublayer added to it.
FigurePtr contributionsFigure(const ComparedTrace &compared, int token, const FigureStyle &style);

/// The likeliest pieces at a position, one bar each.
FigurePtr predictionsFigure(const Trace &trace, int token, const std::vector<WordPrediction> &predictions,
                            const FigureStyle &style);

FigurePtr classesFigure(const Trace &trace, const std::vector<ClassPrediction> &classes,
                        const FigureStyle &style);

/// The vectors of whole sentences, and how alike they are.
struct SentenceVectors {
    TracePtr trace;  ///< what they were computed for
    RowVector a, b;  ///< b is empty without a second sentence
    QString method;  ///< how one vector came of many
    QString problem; ///< why there are none, for the user
    float cosine = 0.0F;
};
/// By the model's own pooling where it has one, else the mean of each sentence's tokens. Takes as long as one
/// run of the encoder for each sentence.
SentenceVectors sentenceVectors(const TracePtr &trace);

} // namespace encoderscope
