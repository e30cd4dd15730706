// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace encoderscope
{

enum class Positions {
    sinusoidal, ///< the paper's sine and cosine curves
    learned,    ///< a row of a learned table for each position
    none,
};

/// gelu is the exact one, by erf; identity is none: an FFN is then one linear layer in two steps.
enum class Activation { relu, gelu, gelu_tanh, silu, identity };

enum class NormPlacement {
    post, ///< LayerNorm(x + sublayer(x)): the paper, BERT
    pre,  ///< x + sublayer(LayerNorm(x)), with one more norm after the last layer
};

/// The hyperparameters of an encoder: everything that says how weights are used, and no weight.
struct EncoderConfig {
    int vocabulary_size = 0;
    int d_model = 128;
    int layers = 4;
    int heads = 4;
    int d_ff = 512;
    int embedding_size =
        128; ///< width of the embedding table; other than d_model it is projected (ELECTRA, ALBERT)
    Positions positions = Positions::sinusoidal;
    int max_positions = 512; ///< most tokens the model takes, specials included; 0 = no limit (sinusoidal)
    int position_offset = 0; ///< row of the position table that position 0 uses (RoBERTa: 2)
    int token_types = 0;     ///< rows of the token type table; 0 = the model has none
    bool embedding_scale = false; ///< multiply looked-up embeddings by sqrt(d_model) (the paper, section 3.4)
    bool embedding_norm = true;   ///< layer norm over the summed embeddings
    Activation activation = Activation::gelu;
    NormPlacement norm_placement = NormPlacement::post;
    float norm_epsilon = 1e-12F; ///< added to the variance
    bool biases = true;          ///< linear layers have biases
    int relative_buckets = 0; ///< buckets of a relative position bias added to the scores (MPNet); 0 = none

    /// Width of one head's query, key and value.
    int d_k() const { return d_model / heads; }

    bool operator==(const EncoderConfig &) const = default;
};

} // namespace encoderscope
