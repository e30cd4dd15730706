// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/tangents.h"

#include "engine/backward/operations.h"
#include "engine/forward/embedding.h"
#include "engine/kernels/workers.h"

#include <cmath>

namespace encoderscope
{

namespace
{

/// The differential of x Wᵀ + b.
Matrix linear_moved(const Matrix &moved, const Linear &weights, const std::stop_token &stop)
{
    return linear(moved, Linear{.weight = weights.weight, .bias = {}}, stop);
}

/// The differential of a norm at x [n x d]: without its gain, the norm's Jacobian is symmetric, so that the
/// way back is the way forth.
Matrix norm_moved(const Matrix &x, const LayerNorm &weights, float epsilon, const Matrix &moved,
                  const std::stop_token &stop)
{
    if (weights.gain.empty())
        return moved;
    LayerNorm plain = weights;
    plain.gain = SharedMatrix(Matrix::Ones(1, x.cols()));
    Matrix result =
        backward::layer_norm(x.replicate(moved.rows() / x.rows(), 1), plain, epsilon, moved, stop);
    result.array().rowwise() *= weights.gain.view().row(0).array();
    return result;
}

/// What an attention sublayer's heads read, each for all directions below one another.
struct MovedHeads {
    Matrix query, key, value; ///< [directions * n x heads * d_k]
};

/// The differential of one head's weights and values, for one direction: columns of `to` [n x d_k].
void head_moved(const LayerTrace &trace, const AttentionOptions &options, int head, float factor,
                const MovedHeads &moved, Index first, Eigen::Ref<Matrix> to)
{
    const Index n = trace.query.rows();
    const Index d_k = to.cols();
    const auto part = [&](const Matrix &all, Index row) {
        return Matrix(all.block(row, head * d_k, n, d_k));
    };
    const Matrix query = part(trace.query, 0), key = part(trace.key, 0), value = part(trace.value, 0);
    const Matrix zero = Matrix::Zero(n, d_k);
    const Matrix weights = head_weights(query, key, options, head, 0);
    // Scores are linear in the queries and in the keys, apart from what depends on one of them alone or none.
    const auto scores = [&](const Matrix &q, const Matrix &k) {
        return scaled_scores(q, k, options, head, 0);
    };
    const Matrix by_scores = (scores(part(moved.query, first), key) - scores(zero, key) +
                              scores(query, part(moved.key, first)) - scores(query, zero)) /
                             options.temperature;
    Matrix by_weights = weights.cwiseProduct(by_scores);
    const Eigen::VectorXf sums = by_weights.rowwise().sum();
    by_weights -= (weights.array().colwise() * sums.array()).matrix();
    to = factor * (by_weights * value + weights * part(moved.value, first));
}

/// From how the layer's input x moves to how attention_result does.
Matrix attention_moved(const Model &model, int layer, const Matrix &x, const LayerTrace &trace,
                       const Switches &switches, const Matrix &moved, const std::stop_token &stop)
{
    const LayerSwitches &on = switches.layer(layer);
    if (!on.attention)
        return moved;
    const EncoderConfig &config = model.config;
    const LayerWeights &weights = model.weights.layers[static_cast<std::size_t>(layer)];
    const bool pre = config.norm_placement == NormPlacement::pre;
    const Matrix read = pre ? norm_moved(x, weights.attention_norm, config.norm_epsilon, moved, stop) : moved;
    MovedHeads heads{.query = linear_moved(read, weights.query, stop),
                     .key = linear_moved(read, weights.key, stop),
                     .value = linear_moved(read, weights.value, stop)};
    const Index n = x.rows();
    const Index directions = moved.rows() / n;
    if (config.positions == Positions::rotary) {
        const std::vector<StackedInput> copies(static_cast<std::size_t>(directions), {n, &switches});
        for (Matrix *turned : {&heads.query, &heads.key}) {
            const Matrix straight = std::move(*turned);
            turn(config, layer, copies, Turning::forth, straight, *turned, stop);
        }
    }
    const AttentionOptions options = attention_options(model, layer, switches);
    Matrix concatenation = Matrix::Zero(moved.rows(), heads.value.cols());
    const Index d_k = config.d_k();
    kernels::run_chunks(
        static_cast<std::size_t>(directions),
        [&](std::size_t direction, std::size_t) {
            const Index first = static_cast<Index>(direction) * n;
            for (int head = 0; head < config.heads; ++head) {
                const float factor = on.head_factor(head);
                if (factor != 0.0F)
                    head_moved(trace, options, head, factor, heads, first,
                               concatenation.block(first, head * d_k, n, d_k));
            }
        },
        stop);
    const Matrix sum = moved + linear_moved(concatenation, weights.output, stop);
    return pre ? sum
               : norm_moved(trace.attention_sum, weights.attention_norm, config.norm_epsilon, sum, stop);
}

/// From how attention_result moves to how the FFN sublayer's result does.
Matrix feed_forward_moved(const Model &model, int layer, const LayerTrace &trace, const Switches &switches,
                          const Matrix &moved, const std::stop_token &stop)
{
    const LayerSwitches &on = switches.layer(layer);
    if (!on.feed_forward)
        return moved;
    const EncoderConfig &config = model.config;
    const LayerWeights &weights = model.weights.layers[static_cast<std::size_t>(layer)];
    const bool pre = config.norm_placement == NormPlacement::pre;
    const Matrix read =
        pre ? norm_moved(trace.attention_result, weights.feed_forward_norm, config.norm_epsilon, moved, stop)
            : moved;
    const Index directions = moved.rows() / trace.expanded.rows();
    Matrix neurons = linear_moved(read, weights.expand, stop);
    backward::activate(trace.expanded.replicate(directions, 1),
                       switches.activation.value_or(config.activation), neurons, stop);
    if (config.gated)
        neurons = neurons.cwiseProduct(trace.feed_forward_value.replicate(directions, 1)) +
                  linear_moved(read, weights.feed_forward_value, stop)
                      .cwiseProduct(trace.gate.replicate(directions, 1));
    for (const auto &[neuron, factor] : on.neuron_factors) {
        if (neuron >= 0 && neuron < neurons.cols())
            neurons.col(neuron) *= factor;
    }
    const Matrix sum = moved + linear_moved(neurons, weights.shrink, stop);
    return pre ? sum
               : norm_moved(trace.feed_forward_sum, weights.feed_forward_norm, config.norm_epsilon, sum,
                            stop);
}

Matrix embedding_moved(const Model &model, const EmbeddingTrace &trace, const Switches &switches,
                       Matrix moved, const std::stop_token &stop)
{
    const EmbeddingWeights &weights = model.weights.embedding;
    if (switches.embedding_scale.value_or(model.config.embedding_scale))
        moved *= std::sqrt(static_cast<float>(model.config.d_model));
    if (model.config.embedding_norm)
        moved = norm_moved(trace.sum, weights.norm, model.config.norm_epsilon, moved, stop);
    return weights.projection.weight.empty() ? moved : linear_moved(moved, weights.projection, stop);
}

} // namespace

Tangents tangents(const Model &model, const Encoding &encoding, const Switches &switches, Matrix rows,
                  const Matrix &directions, const std::stop_token &stop)
{
    const EmbeddingTrace embedding = embed_rows(model, encoding, switches, std::move(rows), stop);
    Tangents result{.output = embedding.output,
                    .moved = embedding_moved(model, embedding, switches, directions, stop)};
    const StackedInput input{result.output.rows(), &switches};
    LayerTrace trace; // keeps its memory from layer to layer
    for (int layer = 0; layer < model.config.layers; ++layer) {
        if (stop.stop_requested())
            return {};
        run_layer(model, layer, result.output, {&input, 1}, trace, stop);
        if (switches.layer(layer).on) {
            const Matrix moved =
                attention_moved(model, layer, result.output, trace, switches, result.moved, stop);
            result.moved = feed_forward_moved(model, layer, trace, switches, moved, stop);
        }
        std::swap(result.output, trace.output);
    }
    const LayerNorm &last = model.weights.final_norm;
    if (!last.gain.empty()) {
        result.moved = norm_moved(result.output, last, model.config.norm_epsilon, result.moved, stop);
        result.output = layer_norm(result.output, last, model.config.norm_epsilon, stop);
    }
    return stop.stop_requested() ? Tangents() : result;
}

} // namespace encoderscope
