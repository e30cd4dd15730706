// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/cost_figure.h"

#include "engine/analysis/costs.h"
#include "ui/figures/catalogue/figure_messages.h"

namespace encoderscope
{

namespace
{

QString blockName(BlockCost::Block block, bool gated)
{
    using Block = BlockCost::Block;
    switch (block) {
    case Block::token_embedding:
        return Figures::tr("embedding table");
    case Block::position_embedding:
        return Figures::tr("positions, types");
    case Block::embedding_norm:
        return Figures::tr("norm after embedding");
    case Block::query_key_value:
        return QStringLiteral("W_Q, W_K, W_V");
    case Block::scores:
        return QStringLiteral("q·k");
    case Block::weighted_sum:
        return QStringLiteral("Σ a·v");
    case Block::output:
        return QStringLiteral("W_O");
    case Block::up:
        return gated ? QStringLiteral("W_1, V") : QStringLiteral("W_1");
    case Block::down:
        return QStringLiteral("W_2");
    case Block::norms:
        break;
    }
    return Figures::tr("layer norms");
}

double share(long long part, long long whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

} // namespace

FigurePtr costsFigure(const EncoderConfig &config, const EncoderConfig &model, int tokens, bool shared)
{
    TableData table;
    table.columns = {{.title = Figures::tr("block")},
                     {.title = Figures::tr("parameters"), .decimals = 0},
                     {.title = Figures::tr("share"), .decimals = 1, .percent = true},
                     {.title = Figures::tr("multiplications"), .decimals = 0},
                     {.title = Figures::tr("share"), .decimals = 1, .percent = true}};
    table.keyColumns = 1;
    const std::vector<BlockCost> costs = encoder_costs(config, tokens, shared);
    const TotalCost total = total_cost(costs);
    const auto add = [&](const QString &block, const TotalCost &cost) {
        table.rows.push_back(
            {block, static_cast<double>(cost.parameters), share(cost.parameters, total.parameters),
             static_cast<double>(cost.multiplications), share(cost.multiplications, total.multiplications)});
    };
    // A block of all layers is one row; what stands outside of the layers has its own.
    std::vector<std::pair<std::pair<BlockCost::Block, bool>, TotalCost>> blocks;
    for (const BlockCost &cost : costs) {
        const std::pair key(cost.block, cost.layer >= 0);
        auto found =
            std::find_if(blocks.begin(), blocks.end(), [&key](const auto &one) { return one.first == key; });
        if (found == blocks.end())
            found = blocks.insert(blocks.end(), {key, {}});
        found->second.parameters += cost.parameters;
        found->second.multiplications += cost.multiplications;
    }
    for (const auto &[key, cost] : blocks) {
        const bool last = key.first == BlockCost::Block::norms && !key.second;
        if (cost.parameters + cost.multiplications > 0)
            add(last ? Figures::tr("last layer norm") : blockName(key.first, config.gated), cost);
    }
    add(Figures::tr("all"), total);
    if (config != model)
        add(Figures::tr("the model as it is"), total_cost(encoder_costs(model, tokens, shared)));
    const QString sizes = QStringLiteral("d_model %1 · %2 × %3 · d_k %4 · d_ff %5 · n\u00a0%6")
                              .arg(config.d_model)
                              .arg(config.layers)
                              .arg(config.heads)
                              .arg(config.d_k())
                              .arg(config.d_ff)
                              .arg(tokens);
    return makeFigure(std::move(table), Figures::tr("Costs: %1").arg(sizes), QStringLiteral("costs"), {});
}

} // namespace encoderscope
