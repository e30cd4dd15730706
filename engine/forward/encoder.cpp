// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"

#include "engine/forward/checks.h"
#include "engine/forward/embedding.h"
#include "engine/forward/layer.h"
#include "engine/forward/stacks.h"

namespace encoderscope
{

namespace
{

bool same_ids(const Encoding &a, const Encoding &b)
{
    return std::equal(a.tokens.begin(), a.tokens.end(), b.tokens.begin(), b.tokens.end(),
                      [](const Token &x, const Token &y) { return x.id == y.id && x.type == y.type; });
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
                     const TracePtr &previous, const std::stop_token &stop,
                     AttentionWeights attention_weights)
{
    check_input(*model, encoding);
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
        if (attention_weights == AttentionWeights::kept) {
            Matrix weights;
            Matrix *const taken = &weights;
            run_layer(*model, index, x, {&input, 1}, *layer, stop, Kept::everything, {&taken, 1});
            layer->weights = std::move(weights);
        } else {
            run_layer(*model, index, x, {&input, 1}, *layer, stop);
        }
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
    return run_stack(model, encodings, Kept::everything, stop);
}

} // namespace encoderscope
