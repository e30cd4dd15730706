// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/elementwise.h"
#include "engine/kernels/panels.h"
#include "engine/matrix.h"
#include "engine/model/encoder_config.h"
#include "engine/model/encoder_weights.h"

#include <initializer_list>
#include <optional>
#include <set>
#include <stop_token>
#include <vector>

namespace encoderscope
{

// The named operations that the encoder is written in. What makes them fast is below them, not in the
// encoder.

// Matrices that take a result are given its size, and keep their memory when they have it already. When
// `stop` is requested, a result may be left unfinished.

/// x Wᵀ + b [n x out], x [n x in].
Matrix linear(const MatrixRef &x, const Linear &weights, const std::stop_token &stop = {});

struct Projection {
    const Linear &weights;
    Matrix &y; ///< [n x out]
};
/// y = x Wᵀ + b of each projection of the same x [n x in].
void linear(const MatrixRef &x, std::initializer_list<Projection> projections,
            const std::stop_token &stop = {});

/// y = x Wᵀ + b and sum = residual + y [n x out].
void linear_and_sum(const MatrixRef &x, const Linear &weights, const MatrixRef &residual, Matrix &y,
                    Matrix &sum, const std::stop_token &stop = {});

/// The first layer of a gated FFN: y = x Wᵀ + b, gate = activation(y), value = x Vᵀ + c, and product = gate ⊙
/// value, element by element [n x out].
void linear_and_gate(const MatrixRef &x, const Linear &weights, const Linear &value_weights,
                     Activation activation, Matrix &y, Matrix &gate, Matrix &value, Matrix &product,
                     const std::stop_token &stop = {});

/// y = x Wᵀ + b and activated = activation(y) [n x out].
void linear_and_activation(const MatrixRef &x, const Linear &weights, Activation activation, Matrix &y,
                           Matrix &activated, const std::stop_token &stop = {});

/// A weight as products with it, not with its transpose, read it: y = x W. Made when first needed and kept
/// with the weight.
const kernels::Panels &transposed_panels(const SharedMatrix &weight);

/// (x - mean) / sqrt(variance + epsilon) * gain + bias, or the norm's other kind, row by row [n x d].
Matrix layer_norm(const MatrixRef &x, const LayerNorm &weights, float epsilon,
                  const std::stop_token &stop = {});

/// The activation, element by element.
Matrix activate(const MatrixRef &x, Activation activation);
float activate(float x, Activation activation);
/// What the kernels call it.
kernels::Curve curve_of(Activation activation);

/// scores[i][j] = query_i · key_j [queries x keys].
Matrix raw_scores(const MatrixRef &query, const MatrixRef &key);

/// How queries attend to keys, apart from the numbers themselves.
struct AttentionOptions {
    int heads = 1;
    std::set<int> heads_off;                 ///< their columns of the result are zeros
    float temperature = 1.0F;                ///< the scaled scores are divided by it
    std::set<int> masked = {};               ///< keys with weight exactly 0
    SharedMatrix relative_bias = {};         ///< added to the scaled scores [buckets x heads]; empty: nothing
    int relative_greatest = 128;             ///< the distance from which on all share the last bucket
    std::vector<float> slopes = {};          ///< of each head, times the distance taken off; empty: nothing
    std::optional<int> window = {};          ///< keys farther away have weight exactly 0
    RelativeProducts relative_products = {}; ///< which products with the next two are added
    SharedMatrix relative_key = {};          ///< [rows x d_model]
    SharedMatrix relative_query = {};        ///< [rows x d_model]
    std::optional<float> divisor = {};       ///< of the scores; unset: sqrt(d_k)

    /// The divisor, given the width of a head.
    float score_divisor(Index d_k) const;
};

/// One head's scores: q·k and the products with relative positions, divided, plus the position bias; of
/// queries counted from `first_query` [queries x d_k] and keys [keys x d_k].
Matrix scaled_scores(const MatrixRef &query, const MatrixRef &key, const AttentionOptions &options, int head,
                     int first_query);

/// Softmax over each row of `scores` [queries x keys] divided by the temperature. Keys that are masked or
/// outside the window get exactly 0; a row without any other key is all zeros.
Matrix softmax(const MatrixRef &scores, const AttentionOptions &options, int first_query);

/// One head's weights: softmax of its scaled scores over the keys that are not masked [queries x keys]; of
/// queries counted from `first_query` [queries x d_k] and keys [keys x d_k].
Matrix head_weights(const MatrixRef &query, const MatrixRef &key, const AttentionOptions &options, int head,
                    int first_query);

/// softmax(query keyᵀ / sqrt(d_k)) value for each head, side by side: fills `concatenation` [n x d_model].
/// Never holds a whole [n x n], unless `weights` takes head_weights() of every head, head below head [heads *
/// n x n].
void attention(const MatrixRef &query, const MatrixRef &key, const MatrixRef &value,
               const AttentionOptions &options, Eigen::Ref<Matrix> concatenation,
               const std::stop_token &stop = {}, Matrix *weights = nullptr);

/// What one head adds to the scaled scores for the distance key - query: the relative bias of MPNet and T5,
/// less slope * |distance|. 0 where the options have neither.
float position_bias(const AttentionOptions &options, int head, int distance);
/// The same of queries (counted from `first_query`) and keys [queries x keys].
Matrix position_bias(const AttentionOptions &options, int head, int first_query, Index queries, Index keys);

} // namespace encoderscope
