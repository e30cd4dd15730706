// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/costs.h"

namespace encoderscope
{

namespace
{

/// Parameters of y = x W + b.
long long linear_parameters(long long in, long long out, bool bias)
{
    return in * out + (bias ? out : 0);
}

/// Gain and bias of a norm.
long long norm_vectors(const EncoderConfig &config)
{
    return config.norm_kind == NormKind::layer && config.norm_biases ? 2 : 1;
}

/// Pairs of a query and a key that it sees.
long long seen_keys(const EncoderConfig &config, int layer, long long tokens)
{
    const std::optional<int> window = config.window_of(layer);
    if (!window || *window >= tokens)
        return tokens * tokens;
    const long long w = *window;
    return tokens * (2 * w + 1) - w * (w + 1);
}

void add_embedding(std::vector<BlockCost> &costs, const EncoderConfig &config, long long tokens)
{
    using Block = BlockCost::Block;
    const long long width = config.embedding_size;
    costs.push_back({Block::token_embedding, -1, config.vocabulary_size * width,
                     config.embedding_scale ? tokens * width : 0});
    const long long positions =
        config.positions == Positions::learned ? (config.max_positions + config.position_offset) * width : 0;
    const long long relative = static_cast<long long>(config.relative_buckets) * config.heads *
                               (config.relative_bias_by_layer ? config.layers : 1);
    costs.push_back({Block::position_embedding, -1,
                     positions + (config.token_types + config.task_types) * width + relative +
                         config.relative_products.parameters,
                     0});
    const bool projected = config.embedding_size != config.d_model;
    costs.push_back({Block::embedding_norm, -1,
                     (config.embedding_norm ? norm_vectors(config) * width : 0) +
                         (projected ? linear_parameters(width, config.d_model, config.biases) : 0),
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
    const long long keys = seen_keys(config, layer, tokens);
    const long long expansions = config.gated ? 2 : 1; // W_1, and V of gated FFNs
    const long long gates = config.gated ? tokens * d_ff : 0;
    const long long width = config.heads_width();
    const long long turns = config.positions == Positions::rotary ? 4 * tokens * width : 0; // q and k
    const long long products = config.score_products();
    const long long norms =
        layer == 0 && config.norm_placement == NormPlacement::pre && !config.first_norm ? 1 : 2;
    const long long key_width =
        config.key_heads > 0 ? static_cast<long long>(config.key_heads) * config.d_k() : width;
    add(Block::query_key_value,
        linear_parameters(d_model, width, config.biases) +
            linear_parameters(d_model, key_width, config.biases && config.key_biases) +
            linear_parameters(d_model, key_width, config.biases),
        tokens * d_model * (width + 2 * key_width) + turns);
    add(Block::scores, 0, products * keys * width);
    add(Block::weighted_sum, 0, keys * width);
    add(Block::output, linear_parameters(width, d_model, config.biases), tokens * width * d_model);
    add(Block::up, expansions * linear_parameters(d_model, d_ff, config.has_expand_biases()),
        expansions * tokens * d_model * d_ff + gates);
    add(Block::down, linear_parameters(d_ff, d_model, config.has_shrink_biases()), tokens * d_ff * d_model);
    add(Block::norms, norms * norm_vectors(config) * d_model, norms * 2 * tokens * d_model);
}

} // namespace

std::vector<BlockCost> encoder_costs(const EncoderConfig &config, int tokens, bool shared_layers)
{
    std::vector<BlockCost> costs;
    add_embedding(costs, config, tokens);
    for (int layer = 0; layer < config.layers; ++layer)
        add_layer(costs, config, layer, tokens, layer == 0 || !shared_layers);
    if (config.norm_placement == NormPlacement::pre)
        costs.push_back({BlockCost::Block::norms, -1, norm_vectors(config) * config.d_model,
                         2LL * tokens * config.d_model});
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
