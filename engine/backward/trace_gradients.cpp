// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/backward/trace_gradients.h"

#include "engine/backward/operations.h"
#include "engine/kernels/workers.h"

#include <cmath>

namespace encoderscope
{

namespace
{

void heads_backward(const Model &model, int layer, const LayerTrace &trace,
                    std::span<const StackedInput> inputs, LayerGradients &gradients,
                    const std::stop_token &stop)
{
    const Index rows = trace.query.rows();
    const Index d = trace.query.cols();
    const Index d_k = model.config.d_k();
    // W_O reads the heads times their factors.
    Matrix scaled;
    const std::map<int, float> &factors = inputs.front().switches->layer(layer).head_factors;
    if (!factors.empty()) {
        scaled = gradients.concatenation;
        for (const auto &[head, factor] : factors) {
            if (head >= 0 && head < model.config.heads)
                scaled.middleCols(head * d_k, d_k) *= factor;
        }
    }
    const Matrix &by_heads = factors.empty() ? gradients.concatenation : scaled;
    gradients.query.resize(rows, d);
    gradients.key.resize(rows, d);
    gradients.value.resize(rows, d);
    std::vector<Index> starts{0};
    for (const StackedInput &input : inputs)
        starts.push_back(starts.back() + input.rows);
    const auto attend = [&](std::size_t at, std::size_t) {
        const Index first = starts[at];
        const Index n = inputs[at].rows;
        backward::attention(trace.query.middleRows(first, n), trace.key.middleRows(first, n),
                            trace.value.middleRows(first, n),
                            attention_options(model, layer, *inputs[at].switches),
                            by_heads.middleRows(first, n), gradients.query.middleRows(first, n),
                            gradients.key.middleRows(first, n), gradients.value.middleRows(first, n), stop);
    };
    if (inputs.size() > 1)
        kernels::run_chunks(inputs.size(), attend, stop);
    else
        attend(0, 0);
}

/// The rows `read` at their places among `count`, zeros elsewhere; without any, the matrix as it is.
Matrix spread(const Matrix &rows, std::span<const Index> read, Index count)
{
    if (read.empty())
        return rows;
    Matrix all = Matrix::Zero(count, rows.cols());
    for (std::size_t at = 0; at < read.size(); ++at)
        all.row(read[at]) = rows.row(static_cast<Index>(at));
    return all;
}

/// From gradients.attention_result to the gradient by the layer's input.
Matrix attention_sublayer_backward(const Model &model, int layer, const Matrix &x, const LayerTrace &trace,
                                   std::span<const StackedInput> inputs, std::span<const Index> read,
                                   LayerGradients &gradients, const std::stop_token &stop)
{
    const LayerWeights &weights = model.weights.layers[static_cast<std::size_t>(layer)];
    const float epsilon = model.config.norm_epsilon;
    const bool pre = model.config.norm_placement == NormPlacement::pre;
    gradients.attention_sum = pre ? gradients.attention_result
                                  : backward::layer_norm(trace.attention_sum, weights.attention_norm, epsilon,
                                                         gradients.attention_result, stop);
    gradients.concatenation = backward::linear(gradients.attention_sum, weights.output, stop);
    if (!read.empty()) {
        gradients.attention_sum = spread(gradients.attention_sum, read, x.rows());
        gradients.concatenation = spread(gradients.concatenation, read, x.rows());
    }
    heads_backward(model, layer, trace, inputs, gradients, stop);

    const bool rotary = model.config.positions == Positions::rotary;
    if (rotary) {
        turn(model.config, layer, inputs, Turning::back, gradients.query, gradients.unrotated_query, stop);
        turn(model.config, layer, inputs, Turning::back, gradients.key, gradients.unrotated_key, stop);
    }
    Matrix by_input;
    const std::initializer_list<backward::Projection> projections = {
        {rotary ? gradients.unrotated_query : gradients.query, weights.query},
        {rotary ? gradients.unrotated_key : gradients.key, weights.key},
        {gradients.value, weights.value}};
    if (!pre) {
        backward::linear_and_sum(projections, gradients.attention_sum, by_input, stop);
        return by_input;
    }
    const Matrix nothing = Matrix::Zero(x.rows(), x.cols());
    backward::linear_and_sum(projections, nothing, gradients.attention_input, stop);
    by_input = backward::layer_norm(x, weights.attention_norm, epsilon, gradients.attention_input, stop);
    by_input += gradients.attention_sum;
    return by_input;
}

/// From the gradient by the FFN sublayer's result (null: nothing reads it) to gradients.attention_result.
void feed_forward_sublayer_backward(const Model &model, int layer, const LayerTrace &trace,
                                    const LayerSwitches &switches, Activation activation,
                                    const Matrix *by_result, const Matrix *by_activated,
                                    LayerGradients &gradients, const std::stop_token &stop)
{
    const LayerWeights &weights = model.weights.layers[static_cast<std::size_t>(layer)];
    const float epsilon = model.config.norm_epsilon;
    const bool pre = model.config.norm_placement == NormPlacement::pre;
    if (by_result) {
        gradients.feed_forward_sum =
            pre ? *by_result
                : backward::layer_norm(trace.feed_forward_sum, weights.feed_forward_norm, epsilon, *by_result,
                                       stop);
        gradients.activated = backward::linear(gradients.feed_forward_sum, weights.shrink, stop);
    } else {
        gradients.feed_forward_sum.setZero(trace.output.rows(), trace.output.cols());
        gradients.activated.setZero(trace.activated.rows(), trace.activated.cols());
    }
    if (by_activated)
        gradients.activated += *by_activated;
    gradients.expanded = gradients.activated;
    for (const auto &[neuron, factor] : switches.neuron_factors) {
        if (neuron >= 0 && neuron < gradients.expanded.cols())
            gradients.expanded.col(neuron) *= factor;
    }
    const bool gated = model.config.gated;
    if (gated) {
        gradients.feed_forward_value = gradients.expanded.cwiseProduct(trace.gate);
        gradients.expanded = gradients.expanded.cwiseProduct(trace.feed_forward_value);
    }
    backward::activate(trace.expanded, activation, gradients.expanded, stop);
    if (pre) {
        gradients.feed_forward_input = backward::linear(gradients.expanded, weights.expand, stop);
        if (gated)
            gradients.feed_forward_input +=
                backward::linear(gradients.feed_forward_value, weights.feed_forward_value, stop);
        gradients.attention_result = backward::layer_norm(trace.attention_result, weights.feed_forward_norm,
                                                          epsilon, gradients.feed_forward_input, stop);
        gradients.attention_result += gradients.feed_forward_sum;
    } else {
        backward::linear_and_sum({{gradients.expanded, weights.expand}}, gradients.feed_forward_sum,
                                 gradients.attention_result, stop);
        if (gated)
            gradients.attention_result +=
                backward::linear(gradients.feed_forward_value, weights.feed_forward_value, stop);
    }
}

} // namespace

Matrix layer_backward(const Model &model, int layer, const Matrix &x, const LayerTrace &trace,
                      std::span<const StackedInput> inputs, const Matrix &by_output,
                      const Matrix *by_activated, LayerGradients &gradients, const std::stop_token &stop,
                      std::span<const Index> read)
{
    const Switches &all = *inputs.front().switches;
    const LayerSwitches &switches = all.layer(layer);
    const bool passes_on = switches.on && switches.feed_forward;
    if (passes_on || by_activated) {
        feed_forward_sublayer_backward(model, layer, trace, switches,
                                       all.activation.value_or(model.config.activation),
                                       passes_on ? &by_output : nullptr, by_activated, gradients, stop);
        if (switches.on && !switches.feed_forward)
            gradients.attention_result += by_output;
    } else {
        gradients.feed_forward_sum.setZero(x.rows(), x.cols());
        gradients.activated.setZero(x.rows(), trace.activated.cols());
        gradients.expanded = gradients.activated;
        if (model.config.gated)
            gradients.feed_forward_value = gradients.activated;
        gradients.attention_result =
            switches.on ? by_output : Matrix(Matrix::Zero(by_output.rows(), by_output.cols()));
    }

    Matrix by_input;
    if (switches.attention && (switches.on || by_activated)) {
        by_input = attention_sublayer_backward(model, layer, x, trace, inputs, read, gradients, stop);
    } else {
        by_input = spread(gradients.attention_result, read, x.rows()); // passed through
        gradients.attention_sum.setZero(x.rows(), x.cols());
        const Index width = model.config.heads_width();
        for (Matrix *none : {&gradients.query, &gradients.key, &gradients.value, &gradients.concatenation})
            none->setZero(x.rows(), width);
        if (model.config.positions == Positions::rotary) {
            gradients.unrotated_query.setZero(x.rows(), width);
            gradients.unrotated_key.setZero(x.rows(), width);
        }
    }
    if (!switches.on)
        by_input += spread(by_output, read, x.rows());
    return by_input;
}

Matrix embedding_backward(const Model &model, const EmbeddingTrace &trace, const Switches &switches,
                          const Matrix &by_output, const std::stop_token &stop)
{
    const EmbeddingWeights &weights = model.weights.embedding;
    Matrix gradient =
        weights.projection.weight.empty() ? by_output : backward::linear(by_output, weights.projection, stop);
    if (model.config.embedding_norm)
        gradient = backward::layer_norm(trace.sum, weights.norm, model.config.norm_epsilon, gradient, stop);
    if (switches.embedding_scale.value_or(model.config.embedding_scale))
        gradient *= std::sqrt(static_cast<float>(model.config.d_model));
    return gradient;
}

Matrix final_norm_backward(const Model &model, const Matrix &hidden, const Matrix &by_output,
                           const std::stop_token &stop)
{
    return backward::layer_norm(hidden, model.weights.final_norm, model.config.norm_epsilon, by_output, stop);
}

TraceGradients trace_gradients(const Trace &trace, const TraceSeed &seed, const std::stop_token &stop)
{
    const Model &model = trace.model();
    TraceGradients gradients;
    const int depth = seed.at == TraceSeed::At::output ? trace.layers() : seed.layer + 1;
    Matrix by_hidden;
    if (seed.at == TraceSeed::At::output) {
        gradients.output = seed.gradient;
        by_hidden = model.weights.final_norm.gain.empty()
                        ? seed.gradient
                        : final_norm_backward(model, trace.hidden(depth - 1), seed.gradient, stop);
    } else if (seed.at == TraceSeed::At::hidden) {
        by_hidden = seed.gradient;
    } else {
        by_hidden = Matrix::Zero(trace.tokens(), trace.config().d_model);
    }
    gradients.hidden.resize(static_cast<std::size_t>(depth) + 1);
    gradients.layers.resize(static_cast<std::size_t>(depth));
    const StackedInput input{trace.tokens(), &trace.switches()};
    for (int layer = depth - 1; layer >= 0; --layer) {
        const bool seeded = seed.at == TraceSeed::At::activated && layer == seed.layer;
        const auto at = static_cast<std::size_t>(layer);
        gradients.hidden[at + 1] = std::move(by_hidden);
        by_hidden = layer_backward(model, layer, trace.layer_input(layer), trace.layer(layer), {&input, 1},
                                   gradients.hidden[at + 1], seeded ? &seed.gradient : nullptr,
                                   gradients.layers[at], stop);
        if (stop.stop_requested())
            return {};
    }
    gradients.token = embedding_backward(model, trace.embedding(), trace.switches(), by_hidden, stop);
    gradients.hidden[0] = std::move(by_hidden);
    return stop.stop_requested() ? TraceGradients() : gradients;
}

Matrix attention_weight_gradients(const Trace &trace, const TraceGradients &gradients, int layer, int head,
                                  Trace::Rows rows)
{
    const Matrix &by_heads = gradients.layers[static_cast<std::size_t>(layer)].concatenation;
    const Index count = rows.count < 0 ? by_heads.rows() - rows.first : rows.count;
    const Index d_k = trace.config().d_k();
    return trace.switches().layer(layer).head_factor(head) *
           (by_heads.block(rows.first, head * d_k, count, d_k) * trace.value(layer, head).transpose());
}

} // namespace encoderscope
