// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/stacked_run.h"

#include "engine/forward/embedding.h"

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

namespace
{

/// The target from the concatenated heads of the last layer that it needs; x: what that layer reads.
std::vector<double> target_of_heads(const Target &target, const Model &model, const Matrix &x,
                                    std::span<const StackedInput> inputs, LayerTrace &last,
                                    const std::stop_token &stop)
{
    const int layer = target_depth(target, model) - 1;
    const ReadRows read = read_rows(target, model, inputs);
    const Matrix read_x = read.of(x);
    last.concatenation = read.of(last.concatenation);
    finish_attention(model, layer, read_x, read.inputs, last, stop);
    run_neurons(model, layer, read.inputs, last, stop);
    if (target_place(target) == TraceSeed::At::activated)
        return target_values(read.target, model, last.activated, read.inputs);
    finish_layer(model, layer, read_x, read.inputs, last, stop);
    return target_values(read.target, model, target_state_of(target, model, std::move(last.output), stop),
                         read.inputs);
}

} // namespace

Matrix ReadRows::of(const Matrix &stacked) const
{
    return rows.empty() ? stacked : Matrix(stacked(rows, Eigen::all));
}

ReadRows read_rows(const Target &target, const Model &model, std::span<const StackedInput> inputs)
{
    const std::optional<Index> row = target_row(target, model);
    if (!row)
        return {.rows = {}, .inputs = {inputs.begin(), inputs.end()}, .target = target};
    ReadRows read{.rows = {}, .inputs = {}, .target = target};
    read.target.token = 0;
    Index first = 0;
    for (const StackedInput &input : inputs) {
        read.rows.push_back(first + *row);
        read.inputs.push_back({1, input.switches});
        first += input.rows;
    }
    return read;
}

std::vector<double> target_after(const Target &target, const Model &model, int first, Matrix x,
                                 std::span<const StackedInput> inputs, const std::stop_token &stop)
{
    const int depth = target_depth(target, model);
    if (first >= depth)
        return target_values(target, model, target_state_of(target, model, std::move(x), stop), inputs);
    x = run_layers(model, first, depth - 1, std::move(x), inputs, stop);
    LayerTrace last;
    run_heads(model, depth - 1, x, inputs, last, stop);
    return target_of_heads(target, model, x, inputs, last, stop);
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
        if (layer == target_depth(target, model) - 1)
            return target_of_heads(target, model, x, inputs, stacked, stop);
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
    // Nothing of the target comes after it.
    const bool behind_neurons = branch == Branch::output && target_place(target) == TraceSeed::At::activated;
    if (layer >= depth - (behind_neurons ? 1 : 0))
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

std::vector<double> target_of_rows(const Target &target, const Trace &trace, int count,
                                   const std::function<void(int, Eigen::Ref<Matrix>)> &change,
                                   const std::stop_token &stop, const OnProgress &progress)
{
    const Model &model = trace.model();
    const Index n = trace.tokens();
    const StackedInput input{n, &trace.switches()};
    const int at_once = stacked_at_once(model.config, trace.tokens(), count, 1);
    std::vector<double> values;
    for (int first = 0; first < count; first += at_once) {
        const int copies = std::min(at_once, count - first);
        Matrix rows = trace.embedding().token.replicate(copies, 1);
        for (int copy = 0; copy < copies; ++copy)
            change(first + copy, rows.middleRows(copy * n, n));
        EmbeddingTrace embedding =
            embed_rows(model, trace.encoding(), trace.switches(), std::move(rows), stop);
        const std::vector<StackedInput> inputs(static_cast<std::size_t>(copies), input);
        const std::vector<double> some =
            target_after(target, model, 0, std::move(embedding.output), inputs, stop);
        if (stop.stop_requested())
            return {};
        values.insert(values.end(), some.begin(), some.end());
        if (progress)
            progress(static_cast<double>(first + copies) / count);
    }
    return values;
}

} // namespace encoderscope
