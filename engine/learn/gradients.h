// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/encoder_config.h"

#include <Eigen/Core>

namespace encoderscope::gradients
{

// The operations of the encoder forwards and backwards, in float32 to train and in float64 to check.

using Eigen::Index;

template <typename Scalar>
using Rows = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <typename Scalar>
using Row = Eigen::Matrix<Scalar, 1, Eigen::Dynamic, Eigen::RowMajor>;
template <typename Scalar>
using Column = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;
template <typename Scalar>
using RowView = Eigen::Map<const Row<Scalar>>;
template <typename Scalar>
using MutableRowView = Eigen::Map<Row<Scalar>>;
template <typename Scalar>
using MutableRows = Eigen::Ref<Rows<Scalar>>;

/// What a layer norm keeps for the way back.
template <typename Scalar>
struct NormTrace {
    Rows<Scalar> normalized;          ///< (x - mean) / deviation [n x d]
    Column<Scalar> inverse_deviation; ///< [n]
};

/// result = (x - mean) / sqrt(variance + epsilon) * gain + bias [n x d].
template <typename Scalar>
void layer_norm(const Rows<Scalar> &x, RowView<Scalar> gain, RowView<Scalar> bias, float epsilon,
                NormTrace<Scalar> &trace, Rows<Scalar> &result);

/// In place: the gradient of the result becomes that of x; adds to those of gain and bias.
template <typename Scalar>
void layer_norm_backward(const NormTrace<Scalar> &trace, RowView<Scalar> gain, Rows<Scalar> &gradient,
                         MutableRowView<Scalar> gain_gradient, MutableRowView<Scalar> bias_gradient);

template <typename Scalar>
void activate(const Rows<Scalar> &x, Activation activation, Rows<Scalar> &result);

/// In place: multiplies `gradient` by the activation's derivative at x.
template <typename Scalar>
void activate_backward(const Rows<Scalar> &x, Activation activation, Rows<Scalar> &gradient);

/// In place: softmax over each row.
template <typename Scalar>
void softmax(MutableRows<Scalar> scores);

/// In place: the gradient of the weights becomes that of the scores.
template <typename Scalar>
void softmax_backward(const Eigen::Ref<const Rows<Scalar>> &weights, MutableRows<Scalar> gradient);

} // namespace encoderscope::gradients
