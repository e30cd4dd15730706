// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/pooling.h"

#include "engine/analysis/head_function.h"
#include "engine/error.h"
#include "engine/forward/operations.h"

#include <QCoreApplication>

#include <cmath>

namespace encoderscope
{

namespace
{

/// Tokens that the prompt alone has, without the special one at the end.
int prompt_length(const Model &model, const QString &prompt)
{
    const Encoding encoding = model.tokenizer->encode(prompt, QString(), most_sentence_tokens(model));
    const auto count = static_cast<int>(encoding.tokens.size());
    return count > 0 && encoding.tokens.back().special ? count - 1 : count;
}

RowVector pooled(const MatrixRef &hidden, Pooling pooling, const std::vector<int> &tokens)
{
    RowVector result = RowVector::Zero(hidden.cols());
    if (tokens.empty())
        return result;
    float weights = 0.0F;
    switch (pooling) {
    case Pooling::first_token:
        return hidden.row(tokens.front());
    case Pooling::last_token:
        return hidden.row(tokens.back());
    case Pooling::max:
        result = hidden.row(tokens.front());
        for (const int token : tokens)
            result = result.cwiseMax(hidden.row(token));
        return result;
    case Pooling::mean:
    case Pooling::mean_sqrt_length:
    case Pooling::weighted_mean:
        for (const int token : tokens) {
            const float weight = pooling == Pooling::weighted_mean ? static_cast<float>(token + 1) : 1.0F;
            result += weight * hidden.row(token);
            weights += weight;
        }
        break;
    }
    return result / (pooling == Pooling::mean_sqrt_length ? std::sqrt(weights) : weights);
}

RowVector after(const SentenceDense &step, const RowVector &x)
{
    RowVector y = apply(step.function, RowVector(linear(x, step.linear)));
    if (step.residual && step.residual_weight.empty())
        y += x;
    else if (step.residual)
        y += linear(x, {.weight = step.residual_weight, .bias = {}});
    return y;
}

RowVector after(const SentenceNorm &step, const RowVector &x)
{
    return layer_norm(x, step.norm, 1e-5F);
}

RowVector after(const SentenceUnitLength &, const RowVector &x)
{
    return x / std::max(x.norm(), 1e-12F);
}

} // namespace

const SentenceEncoder &sentence_encoder(const Model &model)
{
    if (model.output.sentence)
        return *model.output.sentence;
    if (!model.output.sentence_problem.isEmpty())
        throw Error(model.output.sentence_problem);
    throw Error(QCoreApplication::translate("Predictions",
                                            "The model %1 does not say how to make one vector of a sentence.")
                    .arg(model.name));
}

int most_sentence_tokens(const Model &model)
{
    const int own = model.output.sentence->max_tokens;
    const int encoder = model.config.max_positions;
    return own > 0 && (encoder == 0 || own < encoder) ? own : encoder;
}

int first_pooled(const Model &model)
{
    const SentenceEncoder &sentence = sentence_encoder(model);
    return sentence.pools_prompt || sentence.prompt.isEmpty() ? 0 : prompt_length(model, sentence.prompt);
}

RowVector pooled_sentence(const MatrixRef &hidden, int first, const std::set<int> &masked,
                          const SentenceEncoder &sentence)
{
    std::vector<int> tokens;
    for (int token = first; token < static_cast<int>(hidden.rows()); ++token) {
        if (!masked.contains(token))
            tokens.push_back(token);
    }
    const Index d_model = hidden.cols();
    RowVector vector(d_model * static_cast<Index>(sentence.pooling.size()));
    Index at = 0;
    for (const Pooling pooling : sentence.pooling) {
        vector.segment(at, d_model) = pooled(hidden, pooling, tokens);
        at += d_model;
    }
    for (const SentenceStep &step : sentence.steps)
        vector = std::visit([&vector](const auto &one) { return after(one, vector); }, step);
    return vector;
}

} // namespace encoderscope
