// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/encoder_config.h"

#include <vector>

namespace encoderscope
{

/// What a part of an encoder costs: numbers to store, and multiplications for one input.
struct BlockCost {
    enum class Block {
        token_embedding,
        position_embedding, ///< with token and task types, and what relative positions have
        embedding_norm,     ///< with the projection of embeddings that are narrower than d_model
        query_key_value,    ///< and their rotation
        scores,             ///< q·k of every two tokens in every head, and what relative positions add
        weighted_sum,       ///< weights times values
        output,             ///< W_O
        up,                 ///< W_1, of gated FFNs V, too
        down,               ///< W_2
        norms,              ///< of both sublayers; without a layer: the last one of pre-norm models
    } block = Block::token_embedding;
    int layer = -1;                ///< from 0; -1: not of a layer
    long long parameters = 0;      ///< weights, biases, gains
    long long multiplications = 0; ///< in matrix products and scalings of that many tokens
};

/// Every block in the order in which it is computed, for an input of `tokens` tokens. What a matrix product
/// [n x a] [a x b] costs is n * a * b multiplications; softmax, activation and square roots are left out, as
/// usual. `shared_layers`: all layers use the parameters of the first (ALBERT), counted there.
std::vector<BlockCost> encoder_costs(const EncoderConfig &config, int tokens, bool shared_layers = false);

struct TotalCost {
    long long parameters = 0;
    long long multiplications = 0;
};
TotalCost total_cost(const std::vector<BlockCost> &costs);

} // namespace encoderscope
