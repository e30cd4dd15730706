// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

#include <stop_token>
#include <vector>

namespace encoderscope
{

/// The matrices that a model has learned, each as the paper writes it: the vector stands to the left, so that
/// q = x W_Q. (Checkpoints store the transpose.)
enum class WeightMatrix {
    query,        ///< W_Q [d_model x heads * d_k], or of one head [d_model x d_k]
    key,          ///< W_K
    value,        ///< W_V
    output,       ///< W_O [heads * d_k x d_model], or the rows that one head is multiplied by [d_k x d_model]
    query_key,    ///< W_Q W_Kᵀ of one head: score = x (W_Q W_Kᵀ) x'ᵀ but for biases [d_model x d_model]
    value_output, ///< W_V W_O of one head: what it passes on of each token [d_model x d_model]
    up,           ///< W_1 [d_model x d_ff]
    gate_value,   ///< V of gated FFNs, whose result the gate multiplies [d_model x d_ff]; empty without gate
    down,         ///< W_2 [d_ff x d_model]
    biases,       ///< b_Q, b_K, b_V, b_O, b_2 as rows [5 x d_model]; 0 rows in a model without biases
    up_bias,      ///< b_1, of gated FFNs also c of x V + c [2 x d_ff]; 0 rows in a model without biases
    norms,        ///< gain and bias of the layer's two layer norms [4 x d_model]
    token_embedding,    ///< the embedding table [vocabulary_size x embedding_size]
    position_embedding, ///< the table of learned positions [positions x embedding_size]; empty without one
    relative_key, ///< keys of distances (RelativeProducts) [rows x heads * d_k], or of one head [rows x d_k]
    relative_query, ///< queries of distances, the same
    relative_bias,  ///< what is added to scaled scores by the bucket of the distance [buckets x heads]
};

/// A matrix of a layer, from 0. `head` = -1: of all heads side by side; `query_key` and `value_output` are
/// always of one head. The tables ignore both. A matrix that the model does not have is empty; so are all of
/// a model of which only a trace is known.
Matrix weight_matrix(const Model &model, WeightMatrix which, int layer = 0, int head = -1);

/// Its size, without computing it.
struct WeightShape {
    Index rows = 0, columns = 0;
    Index size() const { return rows * columns; }
};
WeightShape weight_shape(const Model &model, WeightMatrix which, int layer = 0, int head = -1);

/// `count` rows of it from `first` on, all within its shape: nothing else of a large matrix is computed.
Matrix weight_rows(const Model &model, WeightMatrix which, int layer, int head, Index first, Index count);

/// The one linear layer x W + b that an FFN is without an activation:
/// (x W_1 + b_1) W_2 + b_2 = x (W_1 W_2) + (b_1 W_2 + b_2). Its weight is the transpose of W_1 W_2, as in
/// checkpoints [d_model x d_model]. Empty for gated FFNs, which are not linear without one either, and for a
/// model of which only a trace is known.
Linear feed_forward_in_one(const Model &model, int layer);

/// What a matrix is like in a few numbers.
struct WeightSummary {
    Index rows = 0, columns = 0;
    float mean = 0.0F;
    float deviation = 0.0F; ///< root mean square of the differences from the mean
    float least = 0.0F, greatest = 0.0F;
    float norm = 0.0F; ///< Frobenius: the root of the sum of all squares
};

/// All 0 for an empty matrix.
WeightSummary weight_summary(const MatrixRef &weights);

/// How strongly a matrix stretches along each of its own directions, greatest first [min(rows, columns)].
/// They are the roots of the eigenvalues of W Wᵀ or Wᵀ W, whichever is smaller, in double precision: exact to
/// about 1e-8 of the greatest. Takes a time that grows with rows * columns * min(rows, columns); throws Error
/// when the values are not all finite. Empty when told to stop.
std::vector<float> singular_values(const MatrixRef &weights, const std::stop_token &stop = {});

/// How many of the values lie in each of `bins` equal parts of [-limit, limit]; what lies beyond is counted
/// in the outermost. `limit` above 0.
std::vector<int> weight_histogram(const MatrixRef &weights, float limit, int bins);

struct NearWord {
    int id = 0;
    QString piece;
    float cosine = 0.0F;
};

/// The `count` pieces of the vocabulary whose rows of the embedding table point most nearly the same way as
/// row `id`, nearest first, without itself, special tokens and pieces of which no token is made. Empty when
/// there is no such row.
std::vector<NearWord> nearest_words(const Model &model, int id, int count);

} // namespace encoderscope
