// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/backward/product.h"
#include "engine/model/encoder_config.h"

#include <span>
#include <type_traits>

namespace encoderscope::gradients
{

// The operations of the encoder forwards and backwards, in float32 to learn and explain and in float64 to
// check, on the calling thread.

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

/// (x - mean) / sqrt(variance + epsilon) [n x d].
template <typename Scalar>
void normalize(const Eigen::Ref<const Rows<Scalar>> &x, float epsilon, NormTrace<Scalar> &trace);

/// result = (x - mean) / sqrt(variance + epsilon) * gain + bias [n x d].
template <typename Scalar>
void layer_norm(const Rows<Scalar> &x, RowView<Scalar> gain, RowView<Scalar> bias, float epsilon,
                NormTrace<Scalar> &trace, Rows<Scalar> &result);

/// In place: the gradient of the result becomes that of x.
template <typename Scalar>
void layer_norm_backward(const NormTrace<Scalar> &trace, RowView<Scalar> gain, MutableRows<Scalar> gradient);

/// The same; adds to the gradients of gain and bias.
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

/// One head of one input. Blocks look into matrices that hold all heads side by side.
template <typename Scalar>
struct Head {
    Block<const Scalar> query;      ///< [queries x d_k]
    Block<const Scalar> key, value; ///< [keys x d_k]
    Index queries = 0;
    Index keys = 0;
    Index d_k = 0;
    Scalar scale = Scalar(1);              ///< what q·k is multiplied by before the softmax
    std::span<const Index> penalized = {}; ///< keys whose weights the number grows with by themselves
    Scalar penalty = Scalar(0);            ///< and how fast
};

/// Where the gradients by a head's queries, keys and values go.
template <typename Scalar>
struct HeadGradient {
    Block<Scalar> query, key, value;
    bool add = false; ///< adds to those of keys and values, for a head whose queries come in blocks
};

/// From the gradient by a head's output to those by its queries, keys and values. `weights` are its attention
/// weights [queries x keys]; `scores` is filled with the gradient by the scores [queries x keys].
template <typename Scalar>
void head_backward(const Head<Scalar> &head, Block<const Scalar> weights,
                   std::type_identity_t<Block<const Scalar>> output_gradient, Block<Scalar> scores,
                   const HeadGradient<Scalar> &gradient);

} // namespace encoderscope::gradients
