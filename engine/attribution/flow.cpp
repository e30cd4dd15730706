// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/flow.h"

#include "engine/backward/product.h"
#include "engine/kernels/workers.h"

#include <cmath>

namespace encoderscope
{

namespace
{

/// 1 / what a norm divides each row of x by.
Eigen::VectorXf inverse_deviations(const Matrix &x, float epsilon, NormKind kind)
{
    Eigen::VectorXf inverse(x.rows());
    for (Index row = 0; row < x.rows(); ++row) {
        const float centre = kind == NormKind::layer ? x.row(row).mean() : 0.0F;
        const float variance = (x.row(row).array() - centre).square().mean();
        inverse(row) = 1.0F / std::sqrt(variance + epsilon);
    }
    return inverse;
}

/// The linear part of a norm, with the deviations of the rows that it was run on.
void normalize_like(Matrix &x, const Eigen::VectorXf &inverse_deviations, const LayerNorm &weights)
{
    if (weights.kind == NormKind::layer)
        x.colwise() -= x.rowwise().mean().eval();
    x.array().colwise() *= inverse_deviations.array();
    x.array().rowwise() *= weights.gain.view().row(0).array();
}

/// f(x_j) of all heads: rows j * heads + head [n * heads x d_model].
Matrix transformed_values(const Trace &trace, int layer)
{
    const Index n = trace.tokens();
    const Index d = trace.config().d_model;
    const Index d_k = trace.config().d_k();
    const Index heads = trace.heads();
    const Matrix &value = trace.layer(layer).value;
    const SharedMatrix &output = trace.model().weights.layers[static_cast<std::size_t>(layer)].output.weight;
    const Index width = value.cols();
    Matrix all(n * heads, d);
    for (Index head = 0; head < heads; ++head)
        multiply(Operand::plain, Operand::transposed, n, d, d_k, 1.0F,
                 Block<const float>{value.data() + head * d_k, width},
                 Block<const float>{output.data() + head * d_k, width}, 0.0F,
                 {all.data() + head * d, heads * d});
    return all;
}

bool attends(const Trace &trace, int layer)
{
    const LayerSwitches &switches = trace.switches().layer(layer);
    return switches.on && switches.attention;
}

} // namespace

Matrix head_flow(const Trace &trace, int layer, int head)
{
    const Index d_k = trace.config().d_k();
    const SharedMatrix &output = trace.model().weights.layers[static_cast<std::size_t>(layer)].output.weight;
    const Matrix transformed =
        trace.value(layer, head) * output.view().middleCols(head * d_k, d_k).transpose();
    const float factor = attends(trace, layer) ? trace.switches().layer(layer).head_factor(head) : 0.0F;
    Matrix flow = trace.attention_weights(layer, head) * std::abs(factor);
    flow.array().rowwise() *= transformed.rowwise().norm().transpose().array();
    return flow;
}

Matrix layer_flow(const Trace &trace, int layer, Flow flow, const std::stop_token &stop)
{
    const Index n = trace.tokens();
    const Index d = trace.config().d_model;
    const Index heads = trace.heads();
    if (!attends(trace, layer))
        return flow == Flow::norm ? Matrix(Matrix::Zero(n, n)) : Matrix(Matrix::Identity(n, n));

    // Of each key the weights of all heads side by side: row key * n + query, column head.
    Matrix weights(n * n, heads);
    for (int head = 0; head < heads && !stop.stop_requested(); ++head) {
        const Matrix of_head =
            trace.attention_weights(layer, head) * trace.switches().layer(layer).head_factor(head);
        for (Index key = 0; key < n; ++key)
            weights.block(key * n, head, n, 1) = of_head.col(key);
    }
    const Matrix values = transformed_values(trace, layer);

    const EncoderConfig &config = trace.config();
    const LayerWeights &parts = trace.model().weights.layers[static_cast<std::size_t>(layer)];
    const LayerTrace &numbers = trace.layer(layer);
    const bool post = config.norm_placement == NormPlacement::post;
    const Matrix &x = trace.layer_input(layer);
    const LayerSwitches &switches = trace.switches().layer(layer);
    Eigen::VectorXf first_norm, second_norm;
    if (post) {
        first_norm = inverse_deviations(numbers.attention_sum, config.norm_epsilon, config.norm_kind);
        second_norm = inverse_deviations(numbers.feed_forward_sum, config.norm_epsilon, config.norm_kind);
    }
    Matrix result(n, n);
    const auto of_key = [&](std::size_t index, std::size_t) {
        const auto key = static_cast<Index>(index);
        Matrix part(n, d); // of each query: what comes from this key
        multiply(Operand::plain, Operand::plain, n, d, heads, 1.0F,
                 Block<const float>{weights.data() + key * n * heads, heads},
                 Block<const float>{values.data() + key * heads * d, d}, 0.0F, {part.data(), d});
        if (flow != Flow::norm)
            part.row(key) += x.row(key);
        if (flow != Flow::norm && post)
            normalize_like(part, first_norm, parts.attention_norm);
        if (flow == Flow::globenc && post && switches.feed_forward)
            normalize_like(part, second_norm, parts.feed_forward_norm);
        if (flow == Flow::alti) {
            const Matrix &whole = numbers.attention_result;
            result.col(key) =
                (whole.rowwise().lpNorm<1>() - (whole - part).rowwise().lpNorm<1>()).cwiseMax(0.0F);
        } else {
            result.col(key) = part.rowwise().norm();
        }
    };
    kernels::run_chunks(static_cast<std::size_t>(n), of_key, stop);
    if (stop.stop_requested())
        return {};
    if (flow == Flow::alti) {
        for (Index query = 0; query < n; ++query) {
            const float sum = result.row(query).sum();
            if (sum > 0.0F)
                result.row(query) /= sum;
            else
                result(query, query) = 1.0F;
        }
    }
    return result;
}

Matrix flow_rollout(const Trace &trace, int last_layer, Flow flow, const std::stop_token &stop,
                    const OnProgress &progress)
{
    const Index n = trace.tokens();
    Matrix rollout = Matrix::Identity(n, n);
    for (int layer = 0; layer <= last_layer; ++layer) {
        Matrix mixing = layer_flow(trace, layer, flow, stop);
        if (stop.stop_requested())
            return {};
        for (Index query = 0; query < n; ++query) {
            const float sum = mixing.row(query).sum();
            if (sum > 0.0F)
                mixing.row(query) /= sum;
        }
        if (flow == Flow::norm && attends(trace, layer)) {
            mixing *= 0.5F;
            mixing.diagonal().array() += 0.5F;
        } else if (flow == Flow::norm) {
            mixing.setIdentity();
        }
        rollout = (mixing * rollout).eval();
        if (progress)
            progress((layer + 1.0) / (last_layer + 1.0));
    }
    return rollout;
}

} // namespace encoderscope
