// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <optional>
#include <vector>

namespace encoderscope
{

enum class Positions {
    sinusoidal, ///< the paper's sine and cosine curves
    learned,    ///< a row of a learned table for each position
    rotary,     ///< nothing is added: queries and keys are turned (`Rotation`)
    none,
};

enum class Activation {
    relu,
    gelu,         ///< the exact one, by erf
    gelu_tanh,    ///< its approximation by tanh
    silu,         ///< x / (1 + e^-x)
    quick_gelu,   ///< x / (1 + e^(-1.702 x))
    mish,         ///< x tanh(ln(1 + e^x))
    relu_squared, ///< max(x, 0)²
    identity,     ///< none: an FFN is then one linear layer in two steps
};

enum class NormPlacement {
    post, ///< LayerNorm(x + sublayer(x)): the paper, BERT
    pre,  ///< x + sublayer(LayerNorm(x)), with one more norm after the last layer
};

/// What divides a row in a norm, which then multiplies by a gain.
enum class NormKind {
    layer,            ///< (x - mean) / sqrt(variance + epsilon)
    root_mean_square, ///< x / sqrt(mean of x² + epsilon) ("Root Mean Square Layer Normalization")
};

/// Rotary positions ("RoFormer", section 3.2): dimensions i and i + d_k / 2 of each head's query and key are
/// the two coordinates of a point, which is turned by position * base^(-2i/d_k). A score then depends on the
/// distance of the two tokens. See TurnRate.
struct Rotation {
    double base = 10000.0;       ///< of layers that attend to everything
    double local_base = 10000.0; ///< of layers with a window
    double slowing = 1.0;        ///< all angles are divided by it

    bool operator==(const Rotation &) const = default;
};

/// How fast a layer's rotation turns: pair i by base^(-2i/d_k) / slowing radians from one position to the
/// next.
struct TurnRate {
    double base = 10000.0;
    double slowing = 1.0;
};

/// Products with relative positions that are added to q·k, from which all of them are divided together. The
/// row of a distance δ = query - key is that of δ, or its bucket, plus `span`, within the tables.
struct RelativeProducts {
    bool content_to_position = false; ///< q · r_K[δ] ("DeBERTa", section 3.1)
    bool position_to_content = false; ///< r_Q[δ] · k
    int span = 0;                     ///< row of the distance 0
    int rows = 0;                     ///< of the tables; 0 = the model has no such products
    int buckets = 0;  ///< > 0: distances past half of them share rows, the more the farther (DeBERTa-v2)
    int greatest = 0; ///< the distance that the last bucket is for
    long long parameters = 0; ///< of the tables and what projects them, in all layers
    int in_scale = 1;         ///< scores are divided by sqrt(d_k * this): DeBERTa counts its products

    bool operator==(const RelativeProducts &) const = default;
};

/// The hyperparameters of an encoder: everything that says how weights are used, and no weight.
struct EncoderConfig {
    int vocabulary_size = 0;
    int d_model = 128;
    int layers = 4;
    int heads = 4;
    int head_width = 0; ///< of a query, key or value where it is not d_model / heads (T5); 0 = it is
    int d_ff = 512;
    int embedding_size =
        128; ///< width of the embedding table; other than d_model it is projected (ELECTRA, ALBERT)
    Positions positions = Positions::sinusoidal;
    int max_positions = 512; ///< most tokens the model takes, specials included; 0 = no limit (sinusoidal)
    int position_offset = 0; ///< row of the position table that position 0 uses (RoBERTa: 2)
    bool counts_padding = false;  ///< a typed padding token has a position like any other (BART)
    int token_types = 0;          ///< rows of the token type table; 0 = the model has none
    bool embedding_scale = false; ///< multiply looked-up embeddings by sqrt(d_model) (the paper, section 3.4)
    bool embedding_norm = true;   ///< layer norm over the summed embeddings
    Activation activation = Activation::gelu;
    NormPlacement norm_placement = NormPlacement::post;
    float norm_epsilon = 1e-12F; ///< added to the variance
    NormKind norm_kind = NormKind::layer;
    bool norm_biases = true; ///< norms add a bias
    int key_heads = 0;      ///< different keys and values, each for as many heads; 0 = every head has its own
    bool first_norm = true; ///< of pre-norm models: before the first attention, too (ModernBERT: none)
    bool biases = true;     ///< linear layers have biases
    bool key_biases = true; ///< keys have some where the others do (DeBERTa's first version: none)
    std::optional<bool> expand_biases = {}; ///< of W_1 (and V of gated FFNs); unset: as `biases`
    std::optional<bool> shrink_biases = {}; ///< of W_2; unset: as `biases`
    bool gated = false; ///< FFN(x) = (activation(x W_1) ⊙ x V) W_2 ("GLU Variants Improve Transformer")
    bool divides_scores = true; ///< scores are divided by sqrt(d_k); T5 leaves that to its weights
    int relative_buckets =
        0; ///< buckets of a relative position bias added to the scores (MPNet, T5); 0 = none
    int relative_greatest = 128;         ///< the distance from which on all share the last of them
    bool relative_bias_by_layer = false; ///< each layer has its own bias (UMT5); else all have the same
    Rotation rotation = {};              ///< only with rotary positions
    RelativeProducts relative_products = {};
    /// Each head takes its head_slope() times the distance of the tokens from its scaled scores ("Train
    /// Short, Test Long", section 3; without a direction, as encoders have it).
    bool distance_slopes = false;
    int window = 0;                      ///< in local layers tokens attend to those at most so far away
    std::vector<bool> local_layers = {}; ///< which layers are local; empty: none
    int task_types = 0; ///< rows of the task type table, of which every token has row 0 (ERNIE); 0 = none

    /// Width of one head's query, key and value.
    int d_k() const { return head_width > 0 ? head_width : d_model / heads; }
    /// Width of all heads' queries, keys or values side by side.
    int heads_width() const { return heads * d_k(); }
    bool has_expand_biases() const { return expand_biases.value_or(biases); }
    bool has_shrink_biases() const { return shrink_biases.value_or(biases); }
    /// How far tokens attend in a layer; unset: to all.
    std::optional<int> window_of(int layer) const
    {
        const auto at = static_cast<std::size_t>(layer);
        return at < local_layers.size() && local_layers[at] ? std::optional(window) : std::nullopt;
    }
    /// Of the layer's rotation; unset: nothing is turned.
    std::optional<TurnRate> turn_rate(int layer) const
    {
        if (positions != Positions::rotary)
            return std::nullopt;
        return TurnRate{window_of(layer) ? rotation.local_base : rotation.base, rotation.slowing};
    }
    /// The order of the tokens makes a difference.
    bool knows_positions() const
    {
        return positions != Positions::none || relative_products.rows > 0 || has_position_bias();
    }
    /// 2^(-8 (head + 1) / n) where the number of heads n is a power of 2; else of the next lower power's
    /// heads that, and behind them every second of the next higher power's.
    float head_slope(int head) const
    {
        int power = 1;
        while (2 * power <= heads)
            power *= 2;
        const double step = 8.0 / power;
        return static_cast<float>(
            std::exp2(head < power ? -step * (head + 1) : -step / 2.0 * (2 * (head - power) + 1)));
    }
    /// How many products a score is the sum of.
    int score_products() const
    {
        return 1 + (relative_products.content_to_position ? 1 : 0) +
               (relative_products.position_to_content ? 1 : 0);
    }
    /// A bias by the distance of the tokens is added to the scaled scores.
    bool has_position_bias() const { return relative_buckets > 0 || distance_slopes; }
    /// What scores are divided by: sqrt(d_k), of DeBERTa sqrt(d_k * products), of T5 1.
    float score_divisor() const
    {
        return divides_scores ? std::sqrt(static_cast<float>(d_k() * relative_products.in_scale)) : 1.0F;
    }

    bool operator==(const EncoderConfig &) const = default;
};

} // namespace encoderscope
