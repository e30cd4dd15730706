// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/predictions.h"

#include "engine/analysis/head_function.h"
#include "engine/error.h"
#include "engine/forward/operations.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace encoderscope
{

namespace
{

[[noreturn]] void throw_missing(const char *text, const Trace &trace)
{
    throw Error(QCoreApplication::translate("Predictions", text).arg(trace.model().name));
}

} // namespace

RowVector masked_word_logits(const Trace &trace, int token)
{
    const auto &head = trace.model().output.masked_word;
    if (!head)
        throw_missing(QT_TRANSLATE_NOOP("Predictions", "The model %1 has no masked-word prediction."), trace);
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
        throw_missing(QT_TRANSLATE_NOOP("Predictions", "The model %1 has no pooler."), trace);
    return linear(trace.output().row(0), *pooler).array().tanh();
}

std::vector<ClassPrediction> class_predictions(const Trace &trace)
{
    const auto &head = trace.model().output.classification;
    if (!head)
        throw_missing(QT_TRANSLATE_NOOP("Predictions", "The model %1 does not classify sentences."), trace);
    RowVector x =
        head->uses_pooler ? pooled_vector(trace)
        : head->reads_mean
            ? RowVector(mean_shares(trace.tokens(), trace.switches().masked_tokens) * trace.output())
            : RowVector(trace.output().row(0));
    x = transformed({head->dense, head->between, head->norm}, Matrix(x), trace.config().norm_epsilon);
    const RowVector logits = linear(x, head->classifier);
    RowVector values = logits;
    if (head->values == ClassificationHead::Values::probabilities)
        values = softmax_of(logits);
    else if (head->values == ClassificationHead::Values::independent)
        values = logistic(logits);
    std::vector<ClassPrediction> predictions;
    for (Index i = 0; i < logits.size(); ++i)
        predictions.push_back({head->labels.value(i), logits(i), values(i)});
    return predictions;
}

Matrix token_class_logits(const Trace &trace)
{
    const auto &head = trace.model().output.token_classification;
    if (!head)
        throw_missing(QT_TRANSLATE_NOOP("Predictions", "The model %1 does not classify tokens."), trace);
    return linear(transformed(head->transform, trace.output(), trace.config().norm_epsilon),
                  head->classifier);
}

QString span_label(const QString &label)
{
    return label.startsWith(QStringLiteral("B-")) || label.startsWith(QStringLiteral("I-")) ? label.mid(2)
                                                                                            : label;
}

std::vector<LabelledSpan> labelled_spans(const Trace &trace)
{
    const Matrix logits = token_class_logits(trace);
    const QStringList &labels = trace.model().output.token_classification->labels;
    std::vector<LabelledSpan> spans;
    bool open = false;
    for (int token = 0; token < trace.tokens(); ++token) {
        Index best = 0;
        const RowVector probabilities = softmax_of(logits.row(token));
        const float probability = probabilities.maxCoeff(&best);
        const QString label = labels.value(best);
        const bool begins = label.startsWith(QStringLiteral("B-"));
        const QString name = span_label(label);
        if (trace.token(token).word < 0 || name == outside_label) {
            open = false;
        } else if (open && !begins && spans.back().label == name &&
                   trace.token(token).segment == trace.token(spans.back().last).segment) {
            spans.back().last = token;
            spans.back().probability += probability;
        } else {
            spans.push_back({name, token, token, probability});
            open = true;
        }
    }
    for (LabelledSpan &span : spans)
        span.probability /= static_cast<float>(span.last - span.first + 1);
    return spans;
}

Matrix answer_logits(const Trace &trace)
{
    const auto &head = trace.model().output.answer;
    if (!head)
        throw_missing(QT_TRANSLATE_NOOP("Predictions", "The model %1 does not answer questions."), trace);
    return linear(transformed(head->transform, trace.output(), trace.config().norm_epsilon), head->ends)
        .transpose();
}

std::vector<int> answer_tokens(const Trace &trace)
{
    const int segment = trace.encoding().text_b.isNull() ? 0 : 1;
    std::vector<int> text;
    for (int token = 0; token < trace.tokens(); ++token) {
        if (trace.token(token).word >= 0 && trace.token(token).segment == segment)
            text.push_back(token);
    }
    return text;
}

Matrix answer_probabilities(const Trace &trace)
{
    const Matrix logits = answer_logits(trace);
    const std::vector<int> text = answer_tokens(trace);
    Matrix probabilities(2, static_cast<Index>(text.size()));
    for (Index i = 0; i < probabilities.cols(); ++i)
        probabilities.col(i) = logits.col(text[static_cast<std::size_t>(i)]);
    for (Index row = 0; row < 2 && !text.empty(); ++row)
        probabilities.row(row) = softmax_of(probabilities.row(row));
    return probabilities;
}

std::vector<AnswerSpan> answers(const Trace &trace, int count, int longest)
{
    const Matrix probabilities = answer_probabilities(trace);
    const std::vector<int> text = answer_tokens(trace);
    const RowVector first = probabilities.row(0);
    const RowVector last = probabilities.row(1);
    std::vector<AnswerSpan> found;
    for (Index i = 0; i < first.size(); ++i) {
        for (Index j = i; j < std::min<Index>(first.size(), i + longest); ++j)
            found.push_back(
                {text[static_cast<std::size_t>(i)], text[static_cast<std::size_t>(j)], first(i) * last(j)});
    }
    const auto shown = std::clamp<std::ptrdiff_t>(count, 0, static_cast<std::ptrdiff_t>(found.size()));
    std::partial_sort(found.begin(), found.begin() + shown, found.end(),
                      [](const AnswerSpan &a, const AnswerSpan &b) { return a.probability > b.probability; });
    found.resize(static_cast<std::size_t>(shown));
    return found;
}

RowVector replaced_logits(const Trace &trace)
{
    const auto &head = trace.model().output.discriminator;
    if (!head)
        throw_missing(QT_TRANSLATE_NOOP("Predictions", "The model %1 has no discriminator."), trace);
    const Matrix x = activate(linear(trace.output(), head->dense), head->activation);
    return linear(x, head->score).transpose();
}

} // namespace encoderscope
