// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "engine/model/encoder_config.h"

#include <vector>

namespace encoderscope
{

/// y = x Wᵀ + b. The weight lies as in checkpoints: [out x in]; the bias is [1 x out], empty when there is
/// none.
struct Linear {
    SharedMatrix weight;
    SharedMatrix bias;
};

/// y = (x - mean) / sqrt(variance + epsilon) * gain + bias; both [1 x d_model]; the bias is empty when there
/// is none. Without gain there is no norm: y = x.
struct LayerNorm {
    SharedMatrix gain;
    SharedMatrix bias;
    NormKind kind = NormKind::layer;
};

struct EmbeddingWeights {
    SharedMatrix token;          ///< [vocabulary_size x embedding_size]
    SharedMatrix position;       ///< [positions x embedding_size]; empty unless positions are learned
    SharedMatrix token_type;     ///< [token_types x embedding_size]; empty when there are none
    SharedMatrix task_type = {}; ///< [task_types x embedding_size]; empty when there are none
    LayerNorm norm;              ///< over embedding_size
    Linear projection;           ///< [d_model x embedding_size]; empty when the sizes agree
};

/// One encoder layer. W_Q, W_K, W_V and W_O of all heads side by side: head h owns rows (of W_O: columns)
/// [h * d_k, (h + 1) * d_k). All heads together are d_model wide, but in T5, where they are heads_width().
struct LayerWeights {
    Linear query, key, value; ///< [d_model x d_model]
    Linear output;            ///< W_O [d_model x d_model]
    LayerNorm attention_norm;
    Linear expand;                  ///< W_1 [d_ff x d_model]
    Linear feed_forward_value = {}; ///< V of gated FFNs [d_ff x d_model]; else empty
    Linear shrink;                  ///< W_2 [d_model x d_ff]
    LayerNorm feed_forward_norm;
    /// Keys and queries of the relative positions [relative_products.rows x d_model]; empty without the
    /// product.
    SharedMatrix relative_key = {}, relative_query = {};
};

struct EncoderWeights {
    EmbeddingWeights embedding;
    std::vector<LayerWeights>
        layers;           ///< models that share one layer's weights (ALBERT) repeat the same SharedMatrix
    LayerNorm final_norm; ///< only of pre-norm models
    /// Added to the scaled scores (MPNet, T5) [relative_buckets x heads]; where each layer has its own
    /// (UMT5), one below the other [layers * relative_buckets x heads].
    SharedMatrix relative_bias;
};

} // namespace encoderscope
