// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/weight_changes.h"

#include <QCoreApplication>

#include <cmath>
#include <limits>

namespace encoderscope
{

namespace
{

/// The sums of squares of what changed and of the base.
class Change
{
public:
    void add(const SharedMatrix &now, const SharedMatrix &base)
    {
        if (now.rows() != base.rows() || now.columns() != base.columns()) {
            same_shape_ = false;
            return;
        }
        const MatrixView a = now.view();
        const MatrixView b = base.view();
        for (Index row = 0; row < a.rows(); ++row) {
            squares_ += (a.row(row) - b.row(row)).cast<double>().squaredNorm();
            base_squares_ += b.row(row).cast<double>().squaredNorm();
        }
        any_ = any_ || !base.empty();
    }

    void add_to(std::vector<WeightChange> &changes, WeightMatrix block, int layer) const
    {
        if (!same_shape_ || !any_)
            return;
        const double moved = std::sqrt(squares_);
        const double norm = std::sqrt(base_squares_);
        const double infinite = std::numeric_limits<double>::infinity();
        changes.push_back({.block = block,
                           .layer = layer,
                           .relative = norm > 0.0    ? moved / norm
                                       : moved > 0.0 ? infinite
                                                     : 0.0,
                           .moved = moved});
    }

private:
    bool same_shape_ = true;
    bool any_ = false;
    double squares_ = 0.0;
    double base_squares_ = 0.0;
};

void add_layer(const LayerWeights &now, const LayerWeights &base, int layer,
               std::vector<WeightChange> &changes)
{
    const auto add = [&](WeightMatrix block, std::initializer_list<const SharedMatrix *> parts,
                         std::initializer_list<const SharedMatrix *> base_parts) {
        Change change;
        for (auto part = parts.begin(), of_base = base_parts.begin(); part != parts.end(); ++part, ++of_base)
            change.add(**part, **of_base);
        change.add_to(changes, block, layer);
    };
    add(WeightMatrix::query, {&now.query.weight}, {&base.query.weight});
    add(WeightMatrix::key, {&now.key.weight}, {&base.key.weight});
    add(WeightMatrix::value, {&now.value.weight}, {&base.value.weight});
    add(WeightMatrix::output, {&now.output.weight}, {&base.output.weight});
    add(WeightMatrix::up, {&now.expand.weight}, {&base.expand.weight});
    add(WeightMatrix::gate_value, {&now.feed_forward_value.weight}, {&base.feed_forward_value.weight});
    add(WeightMatrix::down, {&now.shrink.weight}, {&base.shrink.weight});
    add(WeightMatrix::biases,
        {&now.query.bias, &now.key.bias, &now.value.bias, &now.output.bias, &now.expand.bias,
         &now.feed_forward_value.bias, &now.shrink.bias},
        {&base.query.bias, &base.key.bias, &base.value.bias, &base.output.bias, &base.expand.bias,
         &base.feed_forward_value.bias, &base.shrink.bias});
    add(WeightMatrix::norms,
        {&now.attention_norm.gain, &now.attention_norm.bias, &now.feed_forward_norm.gain,
         &now.feed_forward_norm.bias},
        {&base.attention_norm.gain, &base.attention_norm.bias, &base.feed_forward_norm.gain,
         &base.feed_forward_norm.bias});
}

QString sizes(const EncoderConfig &config)
{
    return QCoreApplication::translate("Comparison", "%1 layers, d_model %2, %3 heads, d_ff %4")
        .arg(config.layers)
        .arg(config.d_model)
        .arg(config.heads)
        .arg(config.d_ff);
}

} // namespace

WeightChanges weight_changes(const Model &model, const Model &base, const std::stop_token &stop)
{
    const EncoderConfig &a = model.config;
    const EncoderConfig &b = base.config;
    WeightChanges changes;
    if (a.layers != b.layers || a.d_model != b.d_model || a.heads != b.heads || a.d_ff != b.d_ff) {
        changes.reason =
            QCoreApplication::translate("Comparison", "The weights of models of other sizes cannot be "
                                                      "compared: %1 here; %2 in the reference.")
                .arg(sizes(a), sizes(b));
        return changes;
    }
    const EmbeddingWeights &now = model.weights.embedding;
    const EmbeddingWeights &before = base.weights.embedding;
    Change tokens, positions, norm;
    tokens.add(now.token, before.token);
    tokens.add_to(changes.blocks, WeightMatrix::token_embedding, -1);
    positions.add(now.position, before.position);
    positions.add_to(changes.blocks, WeightMatrix::position_embedding, -1);
    norm.add(now.norm.gain, before.norm.gain);
    norm.add(now.norm.bias, before.norm.bias);
    norm.add_to(changes.blocks, WeightMatrix::norms, -1);
    for (int layer = 0; layer < a.layers; ++layer) {
        if (stop.stop_requested())
            return {};
        const auto index = static_cast<std::size_t>(layer);
        add_layer(model.weights.layers[index], base.weights.layers[index], layer, changes.blocks);
    }
    return changes;
}

} // namespace encoderscope
