// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/predictions.h"
#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"

#include <vector>

namespace encoderscope
{

/// Through the layers: the length of a token's hidden state, and of what each sublayer added to it.
FigurePtr contributionsFigure(const ComparedTrace &compared, int token);

/// The likeliest pieces at a position, and what they were computed from.
struct PredictedWords {
    TracePtr now;    ///< the run to show
    TracePtr before; ///< the plain run, for a difference; else null
    Comparison comparison = Comparison::now;
    int token = 0;
    int count = 0;
    std::vector<WordPrediction> words = {};
    std::vector<float> probabilityBefore = {}; ///< of the same words

    bool answers(const ComparedTrace &compared, int token, int count) const;
};
/// Throws Error when the model has no such head. Takes long where the vocabulary is large.
PredictedWords predictedWords(const ComparedTrace &compared, int token, int count);
/// One bar each.
FigurePtr predictionsFigure(const PredictedWords &words);

/// Throws Error when the model has no such head.
FigurePtr classesFigure(const ComparedTrace &compared);

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

/// Of the run to show, and for a difference of the plain run.
struct ComparedVectors {
    SentenceVectors now, before;

    const SentenceVectors &shown() const { return now; }
    bool answers(const ComparedTrace &compared) const;
};
ComparedVectors comparedVectors(const ComparedTrace &compared);
/// Null when the sentence has none.
FigurePtr sentenceVectorFigure(const ComparedTrace &compared, const ComparedVectors &vectors, bool second);

} // namespace encoderscope
