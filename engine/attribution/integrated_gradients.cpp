// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/integrated_gradients.h"

#include "engine/attribution/quadrature.h"
#include "engine/attribution/stacked_run.h"
#include "engine/error.h"
#include "engine/forward/embedding.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

/// The gradient by the token rows of stacked embeddings, and the targets' values.
Matrix stacked_token_gradients(const Target &target, const Trace &trace, Matrix rows,
                               std::span<const StackedInput> inputs, std::vector<double> &values,
                               const std::stop_token &stop)
{
    const Model &model = trace.model();
    const EmbeddingTrace embedding =
        embed_rows(model, trace.encoding(), trace.switches(), std::move(rows), stop);
    const int depth = target_depth(target, model);
    std::vector<LayerTrace> layers(static_cast<std::size_t>(depth));
    const auto input_of = [&](int layer) -> const Matrix & {
        return layer == 0 ? embedding.output : layers[static_cast<std::size_t>(layer) - 1].output;
    };
    for (int layer = 0; layer + 1 < depth && !stop.stop_requested(); ++layer)
        run_layer(model, layer, input_of(layer), inputs, layers[static_cast<std::size_t>(layer)], stop);
    ReadRows read{.rows = {}, .inputs = {inputs.begin(), inputs.end()}, .target = target};
    if (depth > 0 && !stop.stop_requested()) {
        LayerTrace &last = layers.back();
        run_heads(model, depth - 1, input_of(depth - 1), inputs, last, stop);
        read = read_rows(target, model, inputs);
        const Matrix x = read.of(input_of(depth - 1));
        last.concatenation = read.of(last.concatenation);
        finish_attention(model, depth - 1, x, read.inputs, last, stop);
        run_neurons(model, depth - 1, read.inputs, last, stop);
        finish_layer(model, depth - 1, x, read.inputs, last, stop);
    }
    if (stop.stop_requested())
        return {};

    const bool neurons = target_place(target) == TraceSeed::At::activated;
    const bool output = target_place(target) == TraceSeed::At::output;
    const Matrix &hidden = input_of(depth);
    Matrix by_state;
    values = target_values(read.target, model,
                           neurons ? layers.back().activated : target_state_of(target, model, hidden, stop),
                           read.inputs, &by_state);
    Matrix by_hidden;
    if (neurons)
        by_hidden.setZero(hidden.rows(), hidden.cols());
    else if (output && !model.weights.final_norm.gain.empty())
        by_hidden = final_norm_backward(model, hidden, by_state, stop);
    else
        by_hidden = by_state;
    LayerGradients gradients; // keeps its memory from layer to layer
    for (int layer = depth - 1; layer >= 0; --layer) {
        const bool last = layer == depth - 1;
        by_hidden = layer_backward(model, layer, input_of(layer), layers[static_cast<std::size_t>(layer)],
                                   inputs, by_hidden, neurons && last ? &by_state : nullptr, gradients, stop,
                                   last ? std::span<const Index>(read.rows) : std::span<const Index>());
    }
    return embedding_backward(model, embedding, trace.switches(), by_hidden, stop);
}

Matrix token_gradient(const Target &target, const Trace &trace, TokenScores &scores,
                      const std::stop_token &stop)
{
    scores.value = target_value(target, trace);
    return target_gradients(target, trace, stop).token;
}

} // namespace

Matrix baseline_rows(const Model &model, const Encoding &encoding, Baseline baseline)
{
    const SharedMatrix &table = model.weights.embedding.token;
    RowVector row = RowVector::Zero(table.columns());
    if (baseline == Baseline::mask) {
        const int mask = model.tokenizer ? model.tokenizer->mask_id() : -1;
        if (mask < 0 || mask >= table.rows())
            throw Error(
                QCoreApplication::translate(
                    "Attribution", "The vocabulary of the model %1 has no mask token to compare with.")
                    .arg(model.name));
        row = table.view().row(mask);
    } else if (baseline == Baseline::average) {
        row = table.view().colwise().mean();
    }
    Matrix rows = token_rows(model, encoding);
    for (Index i = 0; i < rows.rows(); ++i) {
        if (!encoding.tokens[static_cast<std::size_t>(i)].special)
            rows.row(i) = row;
    }
    return rows;
}

TokenScores gradient_times_input(const Target &target, const Trace &trace, const std::stop_token &stop)
{
    TokenScores result;
    const Matrix gradient = token_gradient(target, trace, result, stop);
    if (gradient.size() > 0)
        result.scores = gradient.cwiseProduct(trace.embedding().token).rowwise().sum().cast<double>();
    return result;
}

TokenScores gradient_norm(const Target &target, const Trace &trace, const std::stop_token &stop)
{
    TokenScores result;
    const Matrix gradient = token_gradient(target, trace, result, stop);
    if (gradient.size() > 0)
        result.scores = gradient.rowwise().norm().cast<double>();
    return result;
}

IntegratedGradients integrated_gradients(const Target &target, const Trace &trace, Baseline baseline,
                                         int steps, const std::stop_token &stop, const OnProgress &progress)
{
    IntegratedGradients result;
    result.value = target_value(target, trace);
    const Model &model = trace.model();
    const Matrix from = baseline_rows(model, trace.encoding(), baseline);
    const Matrix way = trace.embedding().token - from;
    const Index n = from.rows();
    const StackedInput input{n, &trace.switches()};

    const QuadratureRule rule = gauss_legendre(std::max(steps, 1));
    const int count = static_cast<int>(rule.points.size());
    const int at_once = stacked_at_once(model.config, trace.tokens(), count, model.config.layers + 1);
    Matrix sum = Matrix::Zero(n, from.cols());
    std::vector<double> values;
    for (int first = 0; first < count; first += at_once) {
        const int copies = std::min(at_once, count - first);
        Matrix rows(copies * n, from.cols());
        for (int copy = 0; copy < copies; ++copy)
            rows.middleRows(copy * n, n) = from + static_cast<float>(rule.points(first + copy)) * way;
        const std::vector<StackedInput> inputs(static_cast<std::size_t>(copies), input);
        const Matrix gradient = stacked_token_gradients(target, trace, std::move(rows), inputs, values, stop);
        if (stop.stop_requested())
            return {};
        for (int copy = 0; copy < copies; ++copy)
            sum += static_cast<float>(rule.weights(first + copy)) * gradient.middleRows(copy * n, n);
        if (progress)
            progress(static_cast<double>(first + copies) / count);
    }
    result.scores = sum.cwiseProduct(way).rowwise().sum().cast<double>();
    const EmbeddingTrace start = embed_rows(model, trace.encoding(), trace.switches(), from, stop);
    result.baseline_value = target_after(target, model, 0, start.output, {&input, 1}, stop).front();
    if (stop.stop_requested())
        return {};
    result.gap = result.value - result.baseline_value - result.scores.sum();
    return result;
}

} // namespace encoderscope
