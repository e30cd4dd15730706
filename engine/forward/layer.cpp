// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/layer.h"

#include "engine/kernels/workers.h"

namespace encoderscope
{

namespace
{

bool is_pre_norm(const Model &model)
{
    return model.config.norm_placement == NormPlacement::pre;
}

const LayerWeights &weights_of(const Model &model, int layer)
{
    return model.weights.layers[static_cast<std::size_t>(layer)];
}

/// Calls action(input, first row) for each input that `wanted` holds for, given its switches of the layer.
template <typename Wanted, typename Action>
void each_input(std::span<const StackedInput> inputs, int layer, const Wanted &wanted, const Action &action)
{
    Index first = 0;
    for (const StackedInput &input : inputs) {
        const LayerSwitches &switches = input.switches->layer(layer);
        if (wanted(switches))
            action(input, switches, first);
        first += input.rows;
    }
}

/// The layer's table of relative biases [relative_buckets x heads]; empty without such.
SharedMatrix relative_bias_of(const Model &model, int layer)
{
    const SharedMatrix &all = model.weights.relative_bias;
    const Index buckets = model.config.relative_buckets;
    if (!model.config.relative_bias_by_layer || all.empty())
        return all;
    auto owner = std::make_shared<const SharedMatrix>(all);
    const float *const rows = all.data() + layer * buckets * all.columns();
    return {std::move(owner), rows, buckets, all.columns()};
}

/// Multiplies a block of columns by each factor.
void scale_columns(Matrix &x, Index first_row, Index rows, Index width, const std::map<int, float> &factors)
{
    for (const auto &[index, factor] : factors) {
        const Index column = index * width;
        if (column >= 0 && column + width <= x.cols())
            x.block(first_row, column, rows, width) *= factor;
    }
}

} // namespace

AttentionOptions attention_options(const Model &model, int layer, const Switches &switches)
{
    const EncoderConfig &config = model.config;
    AttentionOptions options{.heads = config.heads,
                             .heads_off = switches.layer(layer).heads_off,
                             .temperature = switches.temperature,
                             .masked = switches.masked_tokens,
                             .window = config.window_of(layer)};
    // Without positions scores are divided as before: the other products are zeros. Heads of a trace from a
    // file may have a width that is in the numbers alone.
    if (!config.divides_scores || config.relative_products.in_scale != 1)
        options.divisor = config.score_divisor();
    if (!switches.positions)
        return options;
    options.relative_bias = relative_bias_of(model, layer);
    options.relative_greatest = config.relative_greatest;
    for (int head = 0; config.distance_slopes && head < config.heads; ++head)
        options.slopes.push_back(config.head_slope(head));
    if (config.relative_products.rows > 0 && model.has_weights()) {
        options.relative_products = config.relative_products;
        options.relative_key = weights_of(model, layer).relative_key;
        options.relative_query = weights_of(model, layer).relative_query;
    }
    return options;
}

void turn(const EncoderConfig &config, int layer, std::span<const StackedInput> inputs, Turning turning,
          const Matrix &from, Matrix &to, const std::stop_token &stop)
{
    to.resize(from.rows(), from.cols());
    Turns turns;
    Index first = 0;
    for (const StackedInput &input : inputs) {
        auto part = to.middleRows(first, input.rows);
        if (!input.switches->positions) {
            part = from.middleRows(first, input.rows);
        } else {
            if (turns.cosine.rows() != input.rows)
                turns = rotary_turns(input.rows, config.d_k(), *config.turn_rate(layer));
            rotate(from.middleRows(first, input.rows), turns, turning, part, stop);
        }
        first += input.rows;
    }
}

void run_heads(const Model &model, int layer, const Matrix &x, std::span<const StackedInput> inputs,
               LayerTrace &trace, const std::stop_token &stop, std::span<Matrix *const> attention_weights)
{
    const LayerWeights &weights = weights_of(model, layer);
    const bool pre = is_pre_norm(model);
    if (pre)
        trace.attention_input = layer_norm(x, weights.attention_norm, model.config.norm_epsilon, stop);
    const bool rotary = model.config.positions == Positions::rotary;
    linear(pre ? trace.attention_input : x,
           {{weights.query, rotary ? trace.unrotated_query : trace.query},
            {weights.key, rotary ? trace.unrotated_key : trace.key},
            {weights.value, trace.value}},
           stop);
    if (rotary) {
        turn(model.config, layer, inputs, Turning::forth, trace.unrotated_query, trace.query, stop);
        turn(model.config, layer, inputs, Turning::forth, trace.unrotated_key, trace.key, stop);
    }

    trace.concatenation.resize(x.rows(), trace.query.cols());
    std::vector<Index> starts{0};
    for (const StackedInput &input : inputs)
        starts.push_back(starts.back() + input.rows);
    const auto attend = [&](std::size_t at, std::size_t) {
        const Index first = starts[at];
        const Index rows = inputs[at].rows;
        const Switches &switches = *inputs[at].switches;
        attention(trace.query.middleRows(first, rows), trace.key.middleRows(first, rows),
                  trace.value.middleRows(first, rows), attention_options(model, layer, switches),
                  trace.concatenation.middleRows(first, rows), stop,
                  attention_weights.empty() ? nullptr : attention_weights[at]);
        scale_columns(trace.concatenation, first, rows, model.config.d_k(),
                      switches.layer(layer).head_factors);
    };
    // Several inputs are shared among the threads, one alone shares out its heads.
    if (inputs.size() > 1)
        kernels::run_chunks(inputs.size(), attend, stop);
    else
        attend(0, 0);
}

void finish_attention(const Model &model, int layer, const Matrix &x, std::span<const StackedInput> inputs,
                      LayerTrace &trace, const std::stop_token &stop, Kept kept)
{
    const LayerWeights &weights = weights_of(model, layer);
    linear_and_sum(trace.concatenation, weights.output, x,
                   kept != Kept::everything ? trace.attention_sum : trace.attention_output,
                   trace.attention_sum, stop);
    if (is_pre_norm(model))
        trace.attention_result = trace.attention_sum;
    else
        trace.attention_result =
            layer_norm(trace.attention_sum, weights.attention_norm, model.config.norm_epsilon, stop);
    const auto off = [](const LayerSwitches &switches) { return !switches.attention; };
    each_input(inputs, layer, off, [&](const StackedInput &input, const LayerSwitches &, Index first) {
        trace.attention_result.middleRows(first, input.rows) = x.middleRows(first, input.rows);
    });
}

void run_neurons(const Model &model, int layer, std::span<const StackedInput> inputs, LayerTrace &trace,
                 const std::stop_token &stop, Kept kept)
{
    const LayerWeights &weights = weights_of(model, layer);
    const bool pre = is_pre_norm(model);
    if (pre)
        trace.feed_forward_input =
            layer_norm(trace.attention_result, weights.feed_forward_norm, model.config.norm_epsilon, stop);
    const Matrix &read = pre ? trace.feed_forward_input : trace.attention_result;
    const Activation activation = inputs.front().switches->activation.value_or(model.config.activation);
    if (model.config.gated)
        linear_and_gate(read, weights.expand, weights.feed_forward_value, activation, trace.expanded,
                        trace.gate, trace.feed_forward_value, trace.activated, stop);
    else
        linear_and_activation(read, weights.expand, activation,
                              kept != Kept::everything ? trace.activated : trace.expanded, trace.activated,
                              stop);
    const auto changed = [](const LayerSwitches &switches) { return !switches.neuron_factors.empty(); };
    each_input(inputs, layer, changed,
               [&](const StackedInput &input, const LayerSwitches &switches, Index first) {
                   scale_columns(trace.activated, first, input.rows, 1, switches.neuron_factors);
               });
}

void finish_layer(const Model &model, int layer, const Matrix &x, std::span<const StackedInput> inputs,
                  LayerTrace &trace, const std::stop_token &stop, Kept kept)
{
    const LayerWeights &weights = weights_of(model, layer);
    linear_and_sum(trace.activated, weights.shrink, trace.attention_result,
                   kept != Kept::everything ? trace.feed_forward_sum : trace.feed_forward_output,
                   trace.feed_forward_sum, stop);
    if (is_pre_norm(model))
        trace.output = trace.feed_forward_sum;
    else
        trace.output =
            layer_norm(trace.feed_forward_sum, weights.feed_forward_norm, model.config.norm_epsilon, stop);
    const auto changed = [](const LayerSwitches &switches) {
        return !switches.on || !switches.feed_forward || !switches.steering.empty();
    };
    each_input(
        inputs, layer, changed, [&](const StackedInput &input, const LayerSwitches &switches, Index first) {
            auto output = trace.output.middleRows(first, input.rows);
            if (!switches.on)
                output = x.middleRows(first, input.rows);
            else if (!switches.feed_forward)
                output = trace.attention_result.middleRows(first, input.rows);
            if (switches.on && std::ssize(switches.steering) == output.cols())
                output.rowwise() += switches.steering_factor *
                                    Eigen::Map<const RowVector>(switches.steering.data(), output.cols());
        });
}

void run_layer(const Model &model, int layer, const Matrix &x, std::span<const StackedInput> inputs,
               LayerTrace &trace, const std::stop_token &stop, Kept kept, std::span<Matrix *const> weights)
{
    run_heads(model, layer, x, inputs, trace, stop, weights);
    finish_attention(model, layer, x, inputs, trace, stop, kept);
    run_neurons(model, layer, inputs, trace, stop, kept);
    finish_layer(model, layer, x, inputs, trace, stop, kept);
}

} // namespace encoderscope
