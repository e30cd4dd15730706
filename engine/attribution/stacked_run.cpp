// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/stacked_run.h"

#include <algorithm>

namespace encoderscope
{

int stacked_at_once(const EncoderConfig &config, int tokens, int wanted, int kept_layers)
{
    constexpr std::int64_t budget = std::int64_t(192) << 20U; // bytes
    constexpr std::int64_t most_rows = 1536;
    const std::int64_t layer_floats = 10 * std::int64_t(config.d_model) + 2 * std::int64_t(config.d_ff);
    const std::int64_t row_bytes = 4 * layer_floats * std::max(kept_layers, 1);
    const std::int64_t rows = std::min(budget / std::max<std::int64_t>(row_bytes, 1), most_rows);
    return static_cast<int>(std::clamp<std::int64_t>(rows / std::max(tokens, 1), 1, std::max(wanted, 1)));
}

Matrix run_layers(const Model &model, int first, int last, Matrix x, std::span<const StackedInput> inputs,
                  const std::stop_token &stop)
{
    LayerTrace scratch; // keeps its memory from layer to layer
    for (int layer = first; layer < last && !stop.stop_requested(); ++layer) {
        run_layer(model, layer, x, inputs, scratch, stop);
        std::swap(x, scratch.output);
    }
    return x;
}

Matrix target_state_of(const Target &target, const Model &model, Matrix hidden, const std::stop_token &stop)
{
    if (target_place(target) != TraceSeed::At::output || model.weights.final_norm.gain.empty())
        return hidden;
    return layer_norm(hidden, model.weights.final_norm, model.config.norm_epsilon, stop);
}

std::vector<double> target_after(const Target &target, const Model &model, int first, Matrix x,
                                 std::span<const StackedInput> inputs, const std::stop_token &stop)
{
    const int depth = target_depth(target, model);
    if (target_place(target) != TraceSeed::At::activated) {
        const Matrix hidden = run_layers(model, first, depth, std::move(x), inputs, stop);
        return target_values(target, model, target_state_of(target, model, hidden, stop), inputs);
    }
    x = run_layers(model, first, depth - 1, std::move(x), inputs, stop);
    LayerTrace last;
    run_layer(model, depth - 1, x, inputs, last, stop);
    return target_values(target, model, last.activated, inputs);
}

namespace
{

/// The same for variants that are run at once.
std::vector<double> target_of_stack(const Target &target, const Trace &trace, int layer, Branch branch,
                                    std::span<const StackedInput> inputs,
                                    const std::function<void(std::size_t, Eigen::Ref<Matrix>)> &change,
                                    const std::stop_token &stop)
{
    const Model &model = trace.model();
    const Index n = trace.tokens();
    const auto copies = std::ssize(inputs);
    const auto changed = [&](const Matrix &rows) {
        Matrix all = rows.replicate(copies, 1);
        for (Index copy = 0; copy < copies; ++copy)
            change(static_cast<std::size_t>(copy), all.middleRows(copy * n, n));
        return all;
    };
    if (branch == Branch::output)
        return target_after(target, model, layer + 1, changed(trace.hidden(layer)), inputs, stop);

    const LayerTrace &base = trace.layer(layer);
    const Matrix x = trace.layer_input(layer).replicate(copies, 1);
    LayerTrace stacked;
    if (branch == Branch::heads) {
        stacked.concatenation = changed(base.concatenation);
        finish_attention(model, layer, x, inputs, stacked, stop);
        run_neurons(model, layer, inputs, stacked, stop);
    } else {
        stacked.attention_result = base.attention_result.replicate(copies, 1);
        stacked.activated = changed(base.activated);
    }
    if (target_place(target) == TraceSeed::At::activated && target.layer == layer)
        return target_values(target, model, stacked.activated, inputs);
    finish_layer(model, layer, x, inputs, stacked, stop);
    return target_after(target, model, layer + 1, std::move(stacked.output), inputs, stop);
}

} // namespace

std::vector<double> target_of_variants(const Target &target, const Trace &trace, int layer, Branch branch,
                                       const std::vector<const Switches *> &variants,
                                       const std::function<void(std::size_t, Eigen::Ref<Matrix>)> &change,
                                       const std::stop_token &stop)
{
    const int depth = target_depth(target, trace.model());
    if (layer >= depth) // nothing of the target comes after it
        return std::vector<double>(variants.size(), target_value(target, trace));
    const auto at_once = static_cast<std::size_t>(
        stacked_at_once(trace.config(), trace.tokens(), static_cast<int>(variants.size()), 1));
    std::vector<double> values;
    for (std::size_t first = 0; first < variants.size(); first += at_once) {
        std::vector<StackedInput> inputs;
        for (std::size_t at = first; at < std::min(first + at_once, variants.size()); ++at)
            inputs.push_back({trace.tokens(), variants[at]});
        const std::vector<double> some = target_of_stack(
            target, trace, layer, branch, inputs,
            [&](std::size_t at, Eigen::Ref<Matrix> rows) { change(first + at, rows); }, stop);
        if (stop.stop_requested())
            return {};
        values.insert(values.end(), some.begin(), some.end());
    }
    return values;
}

} // namespace encoderscope
