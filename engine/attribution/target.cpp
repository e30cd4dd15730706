// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/target.h"

#include "engine/analysis/head_function.h"
#include "engine/attribution/head_scores.h"
#include "engine/attribution/sentence_shares.h"
#include "engine/error.h"

#include <QCoreApplication>

#include <cmath>

namespace encoderscope
{

namespace
{

[[noreturn]] void refuse(const QString &message)
{
    throw Error(message);
}

/// `message` has a place for the index and one for the count.
void check_index(int index, Index count, const QString &message)
{
    if (index < 0 || index >= count)
        refuse(message.arg(index).arg(count));
}

/// From the logits of each row to the measure of `index`, and in place to its gradient by them.
double measure(Target::Measure measure, int index, Eigen::Ref<RowVector> logits, bool logistic)
{
    const double logit = static_cast<double>(logits(index));
    if (measure == Target::Measure::logit) {
        logits.setZero();
        logits(index) = 1.0F;
        return logit;
    }
    double log_probability = 0.0;
    if (logistic) {
        const double probability = 1.0 / (1.0 + std::exp(-logit));
        log_probability = -std::log1p(std::exp(-logit));
        logits.setZero();
        logits(index) = static_cast<float>(1.0 - probability);
    } else {
        const double greatest = static_cast<double>(logits.maxCoeff());
        const double sum = (logits.cast<double>().array() - greatest).exp().sum();
        log_probability = logit - greatest - std::log(sum);
        logits = -((logits.cast<double>().array() - greatest).exp() / sum).cast<float>();
        logits(index) += 1.0F;
    }
    if (measure == Target::Measure::log_probability)
        return log_probability;
    const double probability = std::exp(log_probability);
    logits *= static_cast<float>(probability);
    return probability;
}

/// Of pieces and labels: `rows` are the hidden states that the head reads, one for each input.
std::vector<double> scored(const Target &target, const Model &model, const Matrix &rows, Matrix *gradient)
{
    const bool piece = target.kind == Target::Kind::piece;
    std::vector<double> values;
    if (piece && target.measure == Target::Measure::logit) {
        // Without the other pieces: a product with the whole vocabulary is the dearest of a small model.
        std::vector<int> ids{target.index};
        RowVector factors{{1.0F}};
        if (target.contrast) {
            ids.push_back(*target.contrast);
            factors = RowVector{{1.0F, -1.0F}};
        }
        const WordScores scores(*model.output.masked_word, model.config.norm_epsilon, rows);
        const Matrix logits = scores.logits(ids);
        for (Index row = 0; row < rows.rows(); ++row)
            values.push_back(static_cast<double>(logits.row(row).dot(factors)));
        if (gradient)
            *gradient = scores.backward(ids, factors.replicate(rows.rows(), 1));
        return values;
    }
    const auto by_logits = [&](Matrix logits, bool logistic) {
        for (Index row = 0; row < logits.rows(); ++row) {
            RowVector first = logits.row(row);
            RowVector second = first;
            double value = measure(target.measure, target.index, first, logistic);
            if (target.contrast) {
                value -= measure(target.measure, *target.contrast, second, logistic);
                first -= second;
            }
            values.push_back(value);
            logits.row(row) = first;
        }
        return logits;
    };
    if (piece) {
        const WordScores scores(*model.output.masked_word, model.config.norm_epsilon, rows);
        const Matrix by = by_logits(scores.logits(), false);
        if (gradient)
            *gradient = scores.backward(by);
    } else {
        const ClassScores scores(model, rows);
        const bool logistic = model.output.classification->values == ClassificationHead::Values::independent;
        const Matrix by = by_logits(scores.logits(), logistic);
        if (gradient)
            *gradient = scores.backward(by);
    }
    return values;
}

/// The cosine of one input's sentence vector and another; its gradient by the input's rows.
double similarity(const Target &target, const Model &model, const MatrixRef &rows,
                  const std::set<int> &masked, Eigen::Ref<Matrix> gradient, bool wanted)
{
    const Eigen::VectorXd shares = sentence_shares(model, rows.rows(), masked);
    const Eigen::RowVectorXd vector = shares.transpose() * rows.cast<double>();
    const Eigen::RowVectorXd other = target.other.cast<double>();
    const double lengths = vector.norm() * other.norm();
    if (!(lengths > 0.0))
        return 0.0;
    const double cosine = vector.dot(other) / lengths;
    if (wanted) {
        const Eigen::RowVectorXd by_vector = other / lengths - cosine / vector.squaredNorm() * vector;
        gradient = (shares * by_vector).cast<float>();
    }
    return cosine;
}

} // namespace

void check_target(const Target &target, const Model &model, int tokens)
{
    const EncoderConfig &config = model.config;
    const bool at_token = target.kind != Target::Kind::label && target.kind != Target::Kind::similarity;
    if (at_token && (target.token < 0 || target.token >= tokens))
        refuse(
            QCoreApplication::translate("Attribution", "There is no token %1: the input has tokens 0 to %2.")
                .arg(target.token)
                .arg(tokens - 1));
    const auto check_layer = [&](int first) {
        if (target.layer < first || target.layer >= config.layers)
            refuse(QCoreApplication::translate("Attribution", "There is no layer %1: the model has %2.")
                       .arg(target.layer + 1)
                       .arg(config.layers));
    };
    const auto check_both = [&](Index count, const QString &message) {
        check_index(target.index, count, message);
        if (target.contrast)
            check_index(*target.contrast, count, message);
    };
    switch (target.kind) {
    case Target::Kind::piece:
        if (!model.output.masked_word)
            refuse(QCoreApplication::translate("Predictions", "The model %1 has no masked-word prediction.")
                       .arg(model.name));
        check_both(model.output.masked_word->decoder.rows(),
                   QCoreApplication::translate("Attribution",
                                               "There is no piece with the id %1: the vocabulary has %2."));
        break;
    case Target::Kind::label:
        if (!model.output.classification)
            refuse(QCoreApplication::translate("Predictions", "The model %1 does not classify sentences.")
                       .arg(model.name));
        if (model.output.classification->values == ClassificationHead::Values::scores &&
            target.measure != Target::Measure::logit)
            refuse(QCoreApplication::translate(
                       "Attribution", "The classes of the model %1 have scores, not probabilities: only the "
                                      "logit can be explained.")
                       .arg(model.name));
        check_both(model.output.classification->classifier.weight.rows(),
                   QCoreApplication::translate("Attribution",
                                               "There is no class with the number %1: the model has %2."));
        break;
    case Target::Kind::similarity:
        check_sentence_shares(model);
        if (target.other.size() != config.d_model)
            refuse(QCoreApplication::translate("Attribution",
                                               "The vector to compare with has %1 numbers; those of the "
                                               "model %2 have %3.")
                       .arg(target.other.size())
                       .arg(model.name)
                       .arg(config.d_model));
        break;
    case Target::Kind::neuron:
        check_layer(0);
        check_index(target.index, config.d_ff,
                    QCoreApplication::translate("Attribution", "There is no neuron %1: a layer has %2."));
        break;
    case Target::Kind::hidden_element:
        check_layer(-1);
        check_index(
            target.index, config.d_model,
            QCoreApplication::translate("Attribution", "There is no dimension %1: a hidden state has %2."));
        break;
    case Target::Kind::hidden_norm:
        check_layer(-1);
        break;
    }
}

TraceSeed::At target_place(const Target &target)
{
    switch (target.kind) {
    case Target::Kind::piece:
    case Target::Kind::label:
    case Target::Kind::similarity:
        return TraceSeed::At::output;
    case Target::Kind::neuron:
        return TraceSeed::At::activated;
    case Target::Kind::hidden_element:
    case Target::Kind::hidden_norm:
        break;
    }
    return TraceSeed::At::hidden;
}

int target_depth(const Target &target, const Model &model)
{
    return target_place(target) == TraceSeed::At::output ? model.config.layers : target.layer + 1;
}

std::optional<Index> target_row(const Target &target, const Model &model)
{
    switch (target.kind) {
    case Target::Kind::similarity:
        return std::nullopt;
    case Target::Kind::label:
        return model.output.classification->reads_mean ? std::nullopt : std::optional<Index>(0);
    default:
        return target.token;
    }
}

const Matrix &target_state(const Target &target, const Trace &trace)
{
    switch (target_place(target)) {
    case TraceSeed::At::output:
        return trace.output();
    case TraceSeed::At::activated:
        return trace.layer(target.layer).activated;
    case TraceSeed::At::hidden:
        break;
    }
    return trace.hidden(target.layer);
}

std::vector<double> target_values(const Target &target, const Model &model, const MatrixRef &state,
                                  std::span<const StackedInput> inputs, Matrix *gradient)
{
    if (gradient)
        gradient->setZero(state.rows(), state.cols());
    std::vector<Index> starts{0};
    for (const StackedInput &input : inputs)
        starts.push_back(starts.back() + input.rows);
    const Index token = target.kind == Target::Kind::label ? 0 : target.token;

    if (target.kind == Target::Kind::piece || target.kind == Target::Kind::label) {
        // What the head reads is one row, or the mean of all.
        const bool mean = target.kind == Target::Kind::label && model.output.classification->reads_mean;
        const auto shares_of = [&](std::size_t at) {
            if (mean)
                return mean_shares(inputs[at].rows, inputs[at].switches->masked_tokens);
            RowVector shares = RowVector::Zero(inputs[at].rows);
            shares(token) = 1.0F;
            return shares;
        };
        Matrix rows(static_cast<Index>(inputs.size()), state.cols());
        for (std::size_t at = 0; at < inputs.size(); ++at) {
            const auto row = static_cast<Index>(at);
            if (mean)
                rows.row(row) = shares_of(at) * state.middleRows(starts[at], inputs[at].rows);
            else
                rows.row(row) = state.row(starts[at] + token);
        }
        Matrix by_rows;
        std::vector<double> values = scored(target, model, rows, gradient ? &by_rows : nullptr);
        for (std::size_t at = 0; gradient && at < inputs.size(); ++at)
            gradient->middleRows(starts[at], inputs[at].rows) =
                shares_of(at).transpose() * by_rows.row(static_cast<Index>(at));
        return values;
    }

    std::vector<double> values;
    Matrix unused;
    for (std::size_t at = 0; at < inputs.size(); ++at) {
        const Index first = starts[at];
        const Index row = first + token;
        switch (target.kind) {
        case Target::Kind::similarity:
            values.push_back(similarity(
                target, model, state.middleRows(first, inputs[at].rows), inputs[at].switches->masked_tokens,
                gradient ? gradient->middleRows(first, inputs[at].rows) : Eigen::Ref<Matrix>(unused),
                gradient != nullptr));
            break;
        case Target::Kind::hidden_norm:
            values.push_back(state.row(row).cast<double>().norm());
            if (gradient && values.back() > 0.0)
                gradient->row(row) = state.row(row) / static_cast<float>(values.back());
            break;
        default:
            values.push_back(static_cast<double>(state(row, target.index)));
            if (gradient)
                (*gradient)(row, target.index) = 1.0F;
        }
    }
    return values;
}

double target_value(const Target &target, const Trace &trace)
{
    check_target(target, trace.model(), trace.tokens());
    const StackedInput input{trace.tokens(), &trace.switches()};
    return target_values(target, trace.model(), target_state(target, trace), {&input, 1}).front();
}

TraceGradients target_gradients(const Target &target, const Trace &trace, const std::stop_token &stop)
{
    check_target(target, trace.model(), trace.tokens());
    const StackedInput input{trace.tokens(), &trace.switches()};
    TraceSeed seed{.at = target_place(target), .layer = target.layer, .gradient = {}};
    target_values(target, trace.model(), target_state(target, trace), {&input, 1}, &seed.gradient);
    return trace_gradients(trace, seed, stop);
}

} // namespace encoderscope
