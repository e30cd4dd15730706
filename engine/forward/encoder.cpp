// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"

#include "engine/error.h"
#include "engine/forward/embedding.h"
#include "engine/forward/layer.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

void check(const Model &model, const Encoding &encoding)
{
    const EncoderConfig &config = model.config;
    if (encoding.tokens.empty())
        throw Error(QCoreApplication::translate("Encoder", "There is no token to run the encoder on."));
    const auto n = static_cast<qsizetype>(encoding.tokens.size());
    if (config.max_positions > 0 && n > config.max_positions)
        throw Error(
            QCoreApplication::translate("Encoder", "The input has %1 tokens; the model %2 takes at most %3.")
                .arg(n)
                .arg(model.name)
                .arg(config.max_positions));
    for (const Token &token : encoding.tokens) {
        if (token.id < 0 || token.id >= config.vocabulary_size)
            throw Error(QCoreApplication::translate(
                            "Encoder", "Token \"%1\" has the id %2; the model %3 has an embedding for "
                                       "ids from 0 to %4.")
                            .arg(token.piece)
                            .arg(token.id)
                            .arg(model.name)
                            .arg(config.vocabulary_size - 1));
    }
}

/// A file that changed under the mapped weights: what they gave cannot be trusted.
void check_files(const Model &model)
{
    for (const MappedFilePtr &file : model.files)
        file->check_unchanged();
}

bool same_ids(const Encoding &a, const Encoding &b)
{
    return std::equal(a.tokens.begin(), a.tokens.end(), b.tokens.begin(), b.tokens.end(),
                      [](const Token &x, const Token &y) { return x.id == y.id && x.type == y.type; });
}

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

/// What one input of a stack has of a layer.
std::shared_ptr<const LayerTrace> rows_of(const LayerTrace &stacked, Index first, Index count)
{
    auto layer = std::make_shared<LayerTrace>();
    for (const auto member :
         {&LayerTrace::attention_input, &LayerTrace::query, &LayerTrace::key, &LayerTrace::value,
          &LayerTrace::concatenation, &LayerTrace::attention_output, &LayerTrace::attention_sum,
          &LayerTrace::attention_result, &LayerTrace::feed_forward_input, &LayerTrace::expanded,
          &LayerTrace::activated, &LayerTrace::feed_forward_output, &LayerTrace::feed_forward_sum,
          &LayerTrace::output}) {
        if ((stacked.*member).rows() > 0)
            (*layer).*member = (stacked.*member).middleRows(first, count);
    }
    return layer;
}

} // namespace

int shared_stages(const Trace &previous, const ModelPtr &model, const Encoding &encoding,
                  const Switches &switches)
{
    const Switches &before = previous.switches();
    if (previous.model_pointer() != model || !same_ids(previous.encoding(), encoding) ||
        before.positions != switches.positions || before.embedding_scale != switches.embedding_scale)
        return 0;
    int stages = 1;
    if (before.activation != switches.activation || before.temperature != switches.temperature ||
        before.masked_tokens != switches.masked_tokens)
        return stages;
    while (stages <= model->config.layers && before.layer(stages - 1) == switches.layer(stages - 1))
        ++stages;
    return stages;
}

TracePtr run_encoder(const ModelPtr &model, const Encoding &encoding, const Switches &switches,
                     const TracePtr &previous, const std::stop_token &stop)
{
    check(*model, encoding);
    check_files(*model);
    const int shared = previous ? shared_stages(*previous, model, encoding, switches) : 0;

    std::shared_ptr<const EmbeddingTrace> embedding =
        shared > 0 ? previous->embedding_pointer()
                   : std::make_shared<const EmbeddingTrace>(embed(*model, encoding, switches, stop));
    const StackedInput input{embedding->output.rows(), &switches};
    std::vector<std::shared_ptr<const LayerTrace>> layers;
    for (int index = 0; index < model->config.layers; ++index) {
        if (stop.stop_requested())
            return nullptr;
        if (index + 1 < shared) {
            layers.push_back(previous->layer_pointers()[static_cast<std::size_t>(index)]);
            continue;
        }
        const Matrix &x = layers.empty() ? embedding->output : layers.back()->output;
        auto layer = std::make_shared<LayerTrace>();
        run_layer(*model, index, x, {&input, 1}, *layer, stop);
        layers.push_back(std::move(layer));
    }
    Matrix final_norm;
    if (!model->weights.final_norm.gain.empty()) {
        const Matrix &last = layers.empty() ? embedding->output : layers.back()->output;
        final_norm = layer_norm(last, model->weights.final_norm, model->config.norm_epsilon, stop);
    }
    if (stop.stop_requested())
        return nullptr; // the last operations may have left numbers out
    check_files(*model);
    return std::make_shared<const Trace>(model, encoding, switches, std::move(embedding), std::move(layers),
                                         std::move(final_norm));
}

std::vector<TracePtr> run_encoders(const ModelPtr &model, std::span<const Encoding> encodings,
                                   const std::stop_token &stop)
{
    check_files(*model);
    const Switches switches;
    std::vector<std::shared_ptr<const EmbeddingTrace>> embeddings;
    std::vector<StackedInput> inputs;
    for (const Encoding &encoding : encodings) {
        check(*model, encoding);
        embeddings.push_back(std::make_shared<const EmbeddingTrace>(embed(*model, encoding, switches, stop)));
        inputs.push_back({embeddings.back()->output.rows(), &switches});
    }
    if (stop.stop_requested() || encodings.empty())
        return {};
    std::vector<std::vector<std::shared_ptr<const LayerTrace>>> layers(encodings.size());
    Matrix x = stacked_outputs(embeddings, model->config.d_model);
    LayerTrace stacked; // keeps its memory from layer to layer
    for (int index = 0; index < model->config.layers; ++index) {
        run_layer(*model, index, x, inputs, stacked, stop);
        if (stop.stop_requested())
            return {};
        Index first = 0;
        for (std::size_t input = 0; input < inputs.size(); ++input) {
            layers[input].push_back(rows_of(stacked, first, inputs[input].rows));
            first += inputs[input].rows;
        }
        std::swap(x, stacked.output);
    }
    Matrix final_norm;
    if (!model->weights.final_norm.gain.empty())
        final_norm = layer_norm(x, model->weights.final_norm, model->config.norm_epsilon, stop);
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
        traces.push_back(std::make_shared<const Trace>(model, encodings[input], switches,
                                                       std::move(embeddings[input]), std::move(layers[input]),
                                                       std::move(last)));
        first += count;
    }
    return traces;
}

} // namespace encoderscope
