// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/predictions.h"

#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/forward/operations.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace encoderscope
{

namespace
{

RowVector softmax_of(const RowVector &logits)
{
    const RowVector e = (logits.array() - logits.maxCoeff()).exp();
    return e / e.sum();
}

RowVector between(const RowVector &x, ClassificationHead::Between function)
{
    switch (function) {
    case ClassificationHead::Between::none:
        return x;
    case ClassificationHead::Between::tanh:
        return x.array().tanh();
    case ClassificationHead::Between::gelu:
        return activate(x, Activation::gelu);
    case ClassificationHead::Between::relu:
        return activate(x, Activation::relu);
    }
    return x;
}

} // namespace

RowVector masked_word_logits(const Trace &trace, int token)
{
    const auto &head = trace.model().output.masked_word;
    if (!head)
        throw Error(QCoreApplication::translate("Predictions", "The model %1 has no masked-word prediction.")
                        .arg(trace.model().name));
    Matrix x = trace.output().row(token);
    if (!head->transform.weight.empty())
        x = layer_norm(activate(linear(x, head->transform), head->activation), head->norm,
                       trace.config().norm_epsilon);
    RowVector logits = x * head->decoder.view().transpose();
    if (!head->bias.empty())
        logits += head->bias.view().row(0);
    return logits;
}

std::vector<WordPrediction> masked_word_predictions(const Trace &trace, int token, int count)
{
    const RowVector logits = masked_word_logits(trace, token);
    const RowVector probabilities = softmax_of(logits);
    std::vector<int> ids(static_cast<std::size_t>(logits.size()));
    std::iota(ids.begin(), ids.end(), 0);
    const auto shown = std::clamp<std::ptrdiff_t>(count, 0, static_cast<std::ptrdiff_t>(ids.size()));
    std::partial_sort(ids.begin(), ids.begin() + shown, ids.end(),
                      [&](int a, int b) { return logits(a) != logits(b) ? logits(a) > logits(b) : a < b; });
    std::vector<WordPrediction> predictions;
    for (std::ptrdiff_t at = 0; at < shown; ++at) {
        const int id = ids[static_cast<std::size_t>(at)];
        predictions.push_back({id, trace.model().tokenizer->piece(id), logits(id), probabilities(id)});
    }
    return predictions;
}

RowVector pooled_vector(const Trace &trace)
{
    const auto &pooler = trace.model().output.pooler;
    if (!pooler)
        throw Error(QCoreApplication::translate("Predictions", "The model %1 has no pooler.")
                        .arg(trace.model().name));
    return linear(trace.output().row(0), *pooler).array().tanh();
}

RowVector sentence_vector(const Trace &trace)
{
    const OutputHeads &heads = trace.model().output;
    RowVector vector;
    if (heads.sentence_pooling == Pooling::none) {
        throw Error(QCoreApplication::translate("Predictions",
                                                "The model %1 does not say how to make one vector of a "
                                                "sentence.")
                        .arg(trace.model().name));
    }
    if (heads.sentence_pooling == Pooling::first_token) {
        vector = trace.output().row(0);
    } else {
        const std::set<int> &masked = trace.switches().masked_tokens;
        vector = RowVector::Zero(trace.output().cols());
        int counted = 0;
        for (int token = 0; token < trace.tokens(); ++token) {
            if (masked.contains(token))
                continue;
            vector += trace.output().row(token);
            ++counted;
        }
        vector /= static_cast<float>(std::max(counted, 1));
    }
    const float length = vector.norm();
    if (heads.normalize_sentence && length > 0.0F)
        vector /= length;
    return vector;
}

SentencePair compare_sentences(const ModelPtr &model, const QString &a, const QString &b)
{
    const auto vector = [&model](const QString &text) {
        const Encoding encoding = model->tokenizer->encode(text, QString(), model->config.max_positions);
        return sentence_vector(*run_encoder(model, encoding));
    };
    SentencePair pair{.a = vector(a), .b = vector(b)};
    pair.cosine = cosine(pair.a, pair.b);
    return pair;
}

float cosine(const RowVector &a, const RowVector &b)
{
    const float lengths = a.norm() * b.norm();
    return lengths > 0.0F ? a.dot(b) / lengths : 0.0F;
}

std::vector<ClassPrediction> class_predictions(const Trace &trace)
{
    const auto &head = trace.model().output.classification;
    if (!head)
        throw Error(QCoreApplication::translate("Predictions", "The model %1 does not classify sentences.")
                        .arg(trace.model().name));
    RowVector x = head->uses_pooler ? pooled_vector(trace) : RowVector(trace.output().row(0));
    if (!head->dense.weight.empty())
        x = between(linear(x, head->dense), head->between);
    const RowVector logits = linear(x, head->classifier);
    const RowVector probabilities =
        logits.size() == 1 ? RowVector(1.0F / (1.0F + (-logits.array()).exp())) : softmax_of(logits);
    std::vector<ClassPrediction> predictions;
    for (Index i = 0; i < logits.size(); ++i)
        predictions.push_back({head->labels.value(i), logits(i), probabilities(i)});
    return predictions;
}

} // namespace encoderscope
