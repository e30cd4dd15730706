// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/costs.h"

namespace encoderscope
{

namespace
{

/// Parameters of y = x W + b.
long long linear(long long in, long long out, bool bias)
{
    return in * out + (bias ? out : 0);
}

void add_embedding(std::vector<BlockCost> &costs, const EncoderConfig &config, long long tokens)
{
    using Block = BlockCost::Block;
    const long long width = config.embedding_size;
    costs.push_back({Block::token_embedding, -1, config.vocabulary_size * width,
                     config.embedding_scale ? tokens * width : 0});
    const long long positions =
        config.positions == Positions::learned ? (config.max_positions + config.position_offset) * width : 0;
    const long long relative = static_cast<long long>(config.relative_buckets) * config.heads;
    costs.push_back({Block::position_embedding, -1, positions + config.token_types * width + relative, 0});
    const bool projected = config.embedding_size != config.d_model;
    costs.push_back({Block::embedding_norm, -1,
                     (config.embedding_norm ? 2 * width : 0) +
                         (projected ? linear(width, config.d_model, config.biases) : 0),
                     (config.embedding_norm ? 2 * tokens * width : 0) +
                         (projected ? tokens * width * config.d_model : 0)});
}

void add_layer(std::vector<BlockCost> &costs, const EncoderConfig &config, int layer, long long tokens,
               bool counted)
{
    using Block = BlockCost::Block;
    const long long d_model = config.d_model;
    const long long d_ff = config.d_ff;
    const auto add = [&](Block block, long long parameters, long long multiplications) {
        costs.push_back({block, layer, counted ? parameters : 0, multiplications});
    };
    add(Block::query_key_value, 3 * linear(d_model, d_model, config.biases), 3 * tokens * d_model * d_model);
    add(Block::scores, 0, tokens * tokens * d_model);
    add(Block::weighted_sum, 0, tokens * tokens * d_model);
    add(Block::output, linear(d_model, d_model, config.biases), tokens * d_model * d_model);
    add(Block::up, linear(d_model, d_ff, config.biases), tokens * d_model * d_ff);
    add(Block::down, linear(d_ff, d_model, config.biases), tokens * d_ff * d_model);
    add(Block::norms, 4 * d_model, 4 * tokens * d_model);
}

} // namespace

std::vector<BlockCost> encoder_costs(const EncoderConfig &config, int tokens, bool shared_layers)
{
    std::vector<BlockCost> costs;
    add_embedding(costs, config, tokens);
    for (int layer = 0; layer < config.layers; ++layer)
        add_layer(costs, config, layer, tokens, layer == 0 || !shared_layers);
    if (config.norm_placement == NormPlacement::pre)
        costs.push_back({BlockCost::Block::norms, -1, 2LL * config.d_model, 2LL * tokens * config.d_model});
    return costs;
}

TotalCost total_cost(const std::vector<BlockCost> &costs)
{
    TotalCost total;
    for (const BlockCost &cost : costs) {
        total.parameters += cost.parameters;
        total.multiplications += cost.multiplications;
    }
    return total;
}

} // namespace encoderscope
