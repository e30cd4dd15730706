// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/operations.h"

namespace encoderscope::backward
{

// The named operations of engine/forward/operations.h backwards, on all worker threads: from the gradient of
// a number by an operation's result to the gradient by what it read. When `stop` is requested, a result may
// be left unfinished.

/// The gradient by x of x Wᵀ + b: result W [n x in].
Matrix linear(const MatrixRef &result, const Linear &weights, const std::stop_token &stop = {});

struct Projection {
    const Matrix &result; ///< gradient by what this projection gave [n x out]
    const Linear &weights;
};
/// sum = added + the gradients by the same x of each projection [n x in].
void linear_and_sum(std::initializer_list<Projection> projections, const MatrixRef &added, Matrix &sum,
                    const std::stop_token &stop = {});

/// The gradient by x of layer_norm(x, weights, epsilon) [n x d].
Matrix layer_norm(const MatrixRef &x, const LayerNorm &weights, float epsilon, const MatrixRef &result,
                  const std::stop_token &stop = {});

/// In place: from the gradient by activation(x) to that by x.
void activate(const MatrixRef &x, Activation activation, Matrix &gradient, const std::stop_token &stop = {});

/// From the gradient by the concatenated heads, before any factor, to those by queries, keys and values, all
/// [n x d_model]. Attention weights are rebuilt in blocks: never a whole [n x n].
void attention(const MatrixRef &query, const MatrixRef &key, const MatrixRef &value,
               const AttentionOptions &options, const MatrixRef &concatenation,
               Eigen::Ref<Matrix> query_gradient, Eigen::Ref<Matrix> key_gradient,
               Eigen::Ref<Matrix> value_gradient, const std::stop_token &stop = {});

} // namespace encoderscope::backward
