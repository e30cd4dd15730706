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

struct ClassPrediction {
    QString label;
    float logit = 0.0F;
    float value = 0.0F; ///< a probability or, of a regression, the logit: as the head's `values` says
};

/// Sequence classification, in the order of the labels.
std::vector<ClassPrediction> class_predictions(const Trace &trace);

/// Token classification: the score of every label for every token [tokens x labels].
Matrix token_class_logits(const Trace &trace);

/// Of a label that says where a span begins and goes on ("B-PER", "I-PER") what it says of it: "PER".
QString span_label(const QString &label);
/// The label of tokens outside of everything.
inline const QString outside_label = QStringLiteral("O");

/// Neighbouring tokens that carry one label.
struct LabelledSpan {
    QString label; ///< without the "B-" or "I-" before it
    int first = 0; ///< tokens [first, last]
    int last = 0;
    float probability = 0.0F; ///< mean over the tokens of the softmax over the labels
};

/// The likeliest labels of the tokens, joined: "I-X", or a label without "B-" and "I-", goes on with the same
/// one before it. Added special tokens and "O" (outside of everything) are left out.
std::vector<LabelledSpan> labelled_spans(const Trace &trace);

/// Question answering: the scores of each token to be the first (row 0) and the last (row 1) of the answer
/// [2 x tokens].
Matrix answer_logits(const Trace &trace);

/// The tokens that an answer may lie in: the text is sentence B, the question A; without a B it is A.
std::vector<int> answer_tokens(const Trace &trace);

/// The same scores of those tokens as probabilities: softmax over them [2 x answer tokens].
Matrix answer_probabilities(const Trace &trace);

struct AnswerSpan {
    int first = 0; ///< tokens [first, last]
    int last = 0;
    float probability = 0.0F; ///< of the first times of the last
};

/// The `count` likeliest answers of at most `longest` tokens, likeliest first.
std::vector<AnswerSpan> answers(const Trace &trace, int count, int longest = 15);

/// ELECTRA's discriminator: the score of each token to be a replaced one [1 x tokens]; above 0 means that it
/// is taken for one. logistic() makes it a probability.
RowVector replaced_logits(const Trace &trace);

} // namespace encoderscope
