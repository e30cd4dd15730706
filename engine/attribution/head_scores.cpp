// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/head_scores.h"

#include "engine/analysis/head_function.h"
#include "engine/backward/operations.h"
#include "engine/backward/product.h"

#include <cmath>

namespace encoderscope
{

namespace
{

/// In place: from the gradient by tanh(x) = y to that by x.
void tanh_backward(const Matrix &y, Matrix &gradient)
{
    gradient.array() *= 1.0F - y.array().square();
}

/// In place: from the gradient by y = function(x) to that by x.
void function_backward(HeadFunction function, const Matrix &x, const Matrix &y, Matrix &gradient)
{
    switch (function) {
    case HeadFunction::none:
        break;
    case HeadFunction::tanh:
        tanh_backward(y, gradient);
        break;
    case HeadFunction::sigmoid:
        gradient.array() *= y.array() * (1.0F - y.array());
        break;
    case HeadFunction::relu:
        backward::activate(x, Activation::relu, gradient);
        break;
    case HeadFunction::gelu:
        backward::activate(x, Activation::gelu, gradient);
        break;
    case HeadFunction::silu:
        backward::activate(x, Activation::silu, gradient);
        break;
    }
}

} // namespace

WordScores::WordScores(const MaskedWordHead &head, float epsilon, const Matrix &rows)
    : head_(head)
    , epsilon_(epsilon)
    , decoded_(rows)
{
    if (head.transform.weight.empty())
        return;
    expanded_ = linear(rows, head.transform);
    activated_ = activate(expanded_, head.activation);
    decoded_ = layer_norm(activated_, head.norm, epsilon);
}

// The decoder is used as it lies: packing a vocabulary for a few rows would take longer than the product, and
// as much memory again.
Matrix WordScores::logits() const
{
    const Index pieces = head_.decoder.rows();
    Matrix logits(decoded_.rows(), pieces);
    if (head_.bias.empty())
        logits.setZero();
    else
        logits.rowwise() = head_.bias.view().row(0);
    multiply(Operand::plain, Operand::transposed, logits.rows(), pieces, decoded_.cols(), 1.0F,
             {decoded_.data(), decoded_.cols()}, {head_.decoder.data(), head_.decoder.columns()}, 1.0F,
             {logits.data(), pieces});
    return logits;
}

Matrix WordScores::logits(const std::vector<int> &pieces) const
{
    Matrix logits(decoded_.rows(), std::ssize(pieces));
    for (Index at = 0; at < logits.cols(); ++at) {
        const Index id = pieces[static_cast<std::size_t>(at)];
        logits.col(at) = decoded_ * head_.decoder.view().row(id).transpose();
        if (!head_.bias.empty())
            logits.col(at).array() += head_.bias.view()(0, id);
    }
    return logits;
}

Matrix WordScores::backward(const Matrix &by_logits) const
{
    Matrix by_decoded(by_logits.rows(), head_.decoder.columns());
    multiply(Operand::plain, Operand::plain, by_logits.rows(), by_decoded.cols(), by_logits.cols(), 1.0F,
             {by_logits.data(), by_logits.cols()}, {head_.decoder.data(), head_.decoder.columns()}, 0.0F,
             {by_decoded.data(), by_decoded.cols()});
    return transform_backward(std::move(by_decoded));
}

Matrix WordScores::backward(const std::vector<int> &pieces, const Matrix &by_logits) const
{
    Matrix by_decoded = Matrix::Zero(by_logits.rows(), head_.decoder.columns());
    for (Index at = 0; at < by_logits.cols(); ++at)
        by_decoded += by_logits.col(at) * head_.decoder.view().row(pieces[static_cast<std::size_t>(at)]);
    return transform_backward(std::move(by_decoded));
}

Matrix WordScores::transform_backward(Matrix by_decoded) const
{
    if (head_.transform.weight.empty())
        return by_decoded;
    Matrix gradient = backward::layer_norm(activated_, head_.norm, epsilon_, by_decoded);
    backward::activate(expanded_, head_.activation, gradient);
    return backward::linear(gradient, head_.transform);
}

ClassScores::ClassScores(const Model &model, const Matrix &rows)
    : model_(model)
    , between_(rows)
{
    const ClassificationHead &head = *model.output.classification;
    if (head.uses_pooler && model.output.pooler) {
        pooled_ = linear(rows, *model.output.pooler).array().tanh();
        between_ = pooled_;
    }
    if (!head.dense.weight.empty()) {
        dense_ = linear(between_, head.dense);
        between_.resize(dense_.rows(), dense_.cols());
        for (Index row = 0; row < dense_.rows(); ++row)
            between_.row(row) = apply(head.between, dense_.row(row));
    }
    if (!head.norm.gain.empty())
        normed_ = layer_norm(between_, head.norm, model.config.norm_epsilon);
    logits_ = linear(normed_.size() > 0 ? normed_ : between_, head.classifier);
}

Matrix ClassScores::backward(const Matrix &by_logits) const
{
    const ClassificationHead &head = *model_.output.classification;
    Matrix gradient = backward::linear(by_logits, head.classifier);
    if (normed_.size() > 0)
        gradient = backward::layer_norm(between_, head.norm, model_.config.norm_epsilon, gradient);
    if (dense_.size() > 0) {
        function_backward(head.between, dense_, between_, gradient);
        gradient = backward::linear(gradient, head.dense);
    }
    if (pooled_.size() > 0) {
        tanh_backward(pooled_, gradient);
        gradient = backward::linear(gradient, *model_.output.pooler);
    }
    return gradient;
}

} // namespace encoderscope
