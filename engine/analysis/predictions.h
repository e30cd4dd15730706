// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <QStringList>

#include <vector>

namespace encoderscope
{

// What a model's heads make of a trace. Each function throws Error when the model has no such head.

/// The masked-word head's score of every piece of the vocabulary at position `token` [1 x vocabulary_size].
RowVector masked_word_logits(const Trace &trace, int token);

struct WordPrediction {
    int id = 0;
    QString piece;
    float logit = 0.0F;
    float probability = 0.0F; ///< softmax over the whole vocabulary
};

/// The `count` likeliest pieces at position `token`, likeliest first.
std::vector<WordPrediction> masked_word_predictions(const Trace &trace, int token, int count);

/// tanh(x_first Wᵀ + b) of the pooler [1 x d_model].
RowVector pooled_vector(const Trace &trace);

/// The vector that sentence-transformers give to a sentence: the first token's hidden state, or the mean of
/// all tokens' that are not masked, at length 1 if the model says so [1 x d_model].
RowVector sentence_vector(const Trace &trace);

/// Sentence A's and B's vectors, each computed alone as sentence-transformers do, and their cosine.
struct SentencePair {
    RowVector a, b;
    float cosine = 0.0F;
};
SentencePair compare_sentences(const ModelPtr &model, const QString &a, const QString &b);

/// Cosine of the angle between two vectors; 0 when one of them is 0.
float cosine(const RowVector &a, const RowVector &b);

struct ClassPrediction {
    QString label;
    float logit = 0.0F;
    float probability = 0.0F; ///< softmax over the labels; for a single label the logistic function
};

/// Sequence classification, in the order of the labels.
std::vector<ClassPrediction> class_predictions(const Trace &trace);

} // namespace encoderscope
