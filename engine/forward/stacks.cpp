// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/stacks.h"

#include "engine/forward/checks.h"
#include "engine/forward/embedding.h"
#include "engine/kernels/workers.h"

#include <algorithm>
#include <numeric>

namespace encoderscope
{

std::vector<std::vector<std::size_t>> stacks_by_length(std::span<const std::size_t> tokens)
{
    constexpr std::size_t most_rows = 192, least_rows = 64;
    std::vector<std::size_t> order(tokens.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return tokens[a] > tokens[b]; });
    // As many for each thread, of one size as nearly as the inputs can be divided: else most threads would
    // wait for the last stack.
    std::size_t left = std::accumulate(tokens.begin(), tokens.end(), std::size_t{0});
    const std::size_t threads = kernels::worker_threads();
    const std::size_t turns = (left + most_rows * threads - 1) / (most_rows * threads);
    std::size_t stacks_left = turns * threads;
    std::vector<std::vector<std::size_t>> stacks;
    std::size_t rows = 0, wanted = 0;
    for (const std::size_t input : order) {
        if (stacks.empty() || rows + tokens[input] / 2 > wanted) {
            wanted = std::max(left / std::max<std::size_t>(stacks_left, 1), least_rows);
            stacks_left -= stacks_left > 0 ? 1 : 0;
            stacks.emplace_back();
            rows = 0;
        }
        stacks.back().push_back(input);
        rows += tokens[input];
        left -= tokens[input];
    }
    return stacks;
}

namespace
{

/// The rows of the stacked embeddings' outputs [rows x d_model].
Matrix stacked_outputs(const std::vector<std::shared_ptr<const EmbeddingTrace>> &embeddings, Index d_model)
{
    Index rows = 0;
    for (const auto &embedding : embeddings)
        rows += embedding->output.rows();
    Matrix stacked(rows, d_model);
    Index at = 0;
    for (const auto &embedding : embeddings) {
        stacked.middleRows(at, embedding->output.rows()) = embedding->output;
        at += embedding->output.rows();
    }
    return stacked;
}

/// What is kept of one input of a stack of a layer's parts.
std::shared_ptr<const LayerTrace> rows_of(const LayerTrace &stacked, Kept kept, Index first, Index count)
{
    auto layer = std::make_shared<LayerTrace>();
    const auto take = [&](std::initializer_list<Matrix LayerTrace::*> members) {
        for (const auto member : members) {
            if ((stacked.*member).rows() > 0)
                (*layer).*member = (stacked.*member).middleRows(first, count);
        }
    };
    take({&LayerTrace::output});
    if (kept != Kept::output)
        take({&LayerTrace::query, &LayerTrace::key, &LayerTrace::activated});
    if (kept == Kept::everything)
        take({&LayerTrace::attention_input, &LayerTrace::value, &LayerTrace::concatenation,
              &LayerTrace::attention_output, &LayerTrace::attention_sum, &LayerTrace::attention_result,
              &LayerTrace::feed_forward_input, &LayerTrace::expanded, &LayerTrace::feed_forward_output,
              &LayerTrace::feed_forward_sum, &LayerTrace::unrotated_query, &LayerTrace::unrotated_key,
              &LayerTrace::gate, &LayerTrace::feed_forward_value});
    return layer;
}

/// Several inputs whose rows are stacked.
struct Stack {
    const Switches switches;
    std::vector<std::shared_ptr<const EmbeddingTrace>> embeddings;
    std::vector<StackedInput> inputs;
    Matrix x; ///< what the next layer reads [rows x d_model]

    Stack(const Model &model, std::span<const Encoding> encodings, const std::stop_token &stop)
    {
        for (const Encoding &encoding : encodings) {
            check_input(model, encoding);
            embeddings.push_back(
                std::make_shared<const EmbeddingTrace>(embed(model, encoding, switches, stop)));
            inputs.push_back({embeddings.back()->output.rows(), &switches});
        }
        x = stacked_outputs(embeddings, model.config.d_model);
    }
    Stack(const Stack &) = delete;
    Stack &operator=(const Stack &) = delete;

    /// Calls after_layer(its parts) after each layer. False when `stop` was requested. `weights`, if there
    /// are some, take those of each input's attention.
    template <typename AfterLayer>
    bool run(const Model &model, Kept kept, const AfterLayer &after_layer, const std::stop_token &stop,
             std::span<Matrix *const> weights = {})
    {
        LayerTrace parts; // keeps its memory from layer to layer
        for (int index = 0; index < model.config.layers && !stop.stop_requested(); ++index) {
            run_layer(model, index, x, inputs, parts, stop, kept, weights);
            if (!stop.stop_requested())
                after_layer(parts);
            std::swap(x, parts.output);
        }
        return !stop.stop_requested();
    }
};

} // namespace

Matrix stack_outputs(const ModelPtr &model, std::span<const Encoding> encodings, const std::stop_token &stop)
{
    if (encodings.empty())
        return {};
    check_files(*model);
    Stack stack(*model, encodings, stop);
    stack.embeddings.clear();
    if (!stack.run(
            *model, Kept::output, [](const LayerTrace &) {}, stop))
        return {};
    if (!model->weights.final_norm.gain.empty())
        stack.x = layer_norm(stack.x, model->weights.final_norm, model->config.norm_epsilon, stop);
    check_files(*model);
    return stop.stop_requested() ? Matrix() : std::move(stack.x);
}

std::vector<TracePtr> run_stack(const ModelPtr &model, std::span<const Encoding> encodings, Kept kept,
                                const std::stop_token &stop,
                                const std::function<void(const StackedRows &)> &look)
{
    check_files(*model);
    Stack stack(*model, encodings, stop);
    const std::vector<StackedInput> &inputs = stack.inputs;
    std::vector<std::vector<std::shared_ptr<const LayerTrace>>> layers(encodings.size());
    // Of a layer at a time, and of long inputs not at all: memory is not to grow with the square of n.
    constexpr Index most_weighed = 512;
    std::vector<Matrix> weights(look ? inputs.size() : 0);
    std::vector<Matrix *> taken;
    for (std::size_t input = 0; input < weights.size(); ++input)
        taken.push_back(inputs[input].rows <= most_weighed ? &weights[input] : nullptr);
    const auto keep = [&](const LayerTrace &parts) {
        Index first = 0;
        for (std::size_t input = 0; input < inputs.size(); ++input) {
            if (look)
                look({.input = input,
                      .layer = static_cast<int>(layers[input].size()),
                      .parts = parts,
                      .first = first,
                      .count = inputs[input].rows,
                      .weights = taken[input]});
            layers[input].push_back(rows_of(parts, kept, first, inputs[input].rows));
            first += inputs[input].rows;
        }
    };
    if (encodings.empty() || !stack.run(*model, kept, keep, stop, taken))
        return {};
    Matrix final_norm;
    if (!model->weights.final_norm.gain.empty())
        final_norm = layer_norm(stack.x, model->weights.final_norm, model->config.norm_epsilon, stop);
    if (stop.stop_requested())
        return {};
    check_files(*model);
    std::vector<TracePtr> traces;
    Index first = 0;
    for (std::size_t input = 0; input < inputs.size(); ++input) {
        const Index count = inputs[input].rows;
        Matrix last;
        if (final_norm.rows() > 0)
            last = final_norm.middleRows(first, count);
        traces.push_back(std::make_shared<const Trace>(model, encodings[input], stack.switches,
                                                       std::move(stack.embeddings[input]),
                                                       std::move(layers[input]), std::move(last)));
        first += count;
    }
    return traces;
}

} // namespace encoderscope
