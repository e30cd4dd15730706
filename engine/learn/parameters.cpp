// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/parameters.h"

#include "engine/error.h"
#include "engine/model/model_description.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

void check_supported(const EncoderConfig &config)
{
    if (config.vocabulary_size < 1 || config.d_model < 1 || config.layers < 1 || config.heads < 1 ||
        config.d_ff < 1)
        throw Error(QCoreApplication::translate("Training", "Sizes of a model to train must be at least 1."));
    if (config.d_model % config.heads != 0)
        throw Error(QCoreApplication::translate(
                        "Training", "d_model (%1) must be a multiple of the number of heads (%2).")
                        .arg(config.d_model)
                        .arg(config.heads));
    if (config.embedding_size != config.d_model || config.relative_buckets != 0 || !config.biases ||
        !is_own_kind(config))
        throw Error(QCoreApplication::translate(
            "Training", "This model cannot be trained further: training knows encoders whose embeddings are "
                        "d_model wide, with biases, and without relative or rotary positions, gates and "
                        "windows."));
}

SharedMatrix view(const std::shared_ptr<const ParameterVector> &parameters, const Slot &slot,
                  Index first_row = 0, Index rows = -1)
{
    if (slot.empty())
        return {};
    return {parameters, parameters->data() + slot.offset + first_row * slot.columns,
            rows < 0 ? slot.rows : rows, slot.columns};
}

class Copier
{
public:
    explicit Copier(ParameterVector &target)
        : target_(target)
    {
    }
    void operator()(const Slot &slot, const SharedMatrix &from, Index first = 0)
    {
        if (slot.empty())
            return;
        if (from.empty() || first + from.rows() * from.columns() > slot.size())
            throw Error(
                QCoreApplication::translate(
                    "Training", "This model cannot be trained further: “%1” is missing or has another size.")
                    .arg(slot.name));
        std::copy_n(from.data(), from.rows() * from.columns(), target_.data() + slot.offset + first);
    }

private:
    ParameterVector &target_;
};

} // namespace

ParameterLayout::ParameterLayout(const EncoderConfig &encoder_config)
    : config(encoder_config)
{
    check_supported(config);
    const Index d = config.d_model;
    const auto add = [this](Slot &slot, const QString &name, Index rows, Index columns, bool decays = false) {
        slot = {name, size, rows, columns, decays};
        size += rows * columns;
        all_slots.push_back(slot);
    };
    const auto add_linear = [&](LinearSlots &linear, const QString &name, Index out, Index in) {
        add(linear.weight, name + QStringLiteral(" weight"), out, in, true);
        add(linear.bias, name + QStringLiteral(" bias"), 1, out);
    };
    const auto add_norm = [&](NormSlots &norm, const QString &name) {
        add(norm.gain, name + QStringLiteral(" gain"), 1, d);
        add(norm.bias, name + QStringLiteral(" bias"), 1, d);
    };

    add(token, QStringLiteral("token embedding"), config.vocabulary_size, d);
    if (config.positions == Positions::learned)
        add(position, QStringLiteral("position embedding"), config.max_positions + config.position_offset, d);
    if (config.token_types > 0)
        add(token_type, QStringLiteral("token type embedding"), config.token_types, d);
    if (config.embedding_norm)
        add_norm(embedding_norm, QStringLiteral("embedding norm"));
    layers.resize(static_cast<std::size_t>(config.layers));
    int number = 0;
    for (LayerSlots &layer : layers) {
        const QString prefix = QStringLiteral("layer %1 ").arg(++number);
        add_linear(layer.query_key_value, prefix + QStringLiteral("query_key_value"), 3 * d, d);
        add_linear(layer.output, prefix + QStringLiteral("output"), d, d);
        add_norm(layer.attention_norm, prefix + QStringLiteral("attention norm"));
        add_linear(layer.expand, prefix + QStringLiteral("expand"), config.d_ff, d);
        add_linear(layer.shrink, prefix + QStringLiteral("shrink"), d, config.d_ff);
        add_norm(layer.feed_forward_norm, prefix + QStringLiteral("feed-forward norm"));
    }
    if (config.norm_placement == NormPlacement::pre)
        add_norm(final_norm, QStringLiteral("final norm"));
    add(output_bias, QStringLiteral("output bias"), 1, config.vocabulary_size);
}

ParameterVector parameters_of(const ParameterLayout &layout, const Model &model)
{
    ParameterVector parameters = ParameterVector::Zero(layout.size);
    Copier copy(parameters);
    const auto copy_linear = [&](const LinearSlots &slots, const Linear &linear) {
        copy(slots.weight, linear.weight);
        copy(slots.bias, linear.bias);
    };
    const auto copy_norm = [&](const NormSlots &slots, const LayerNorm &norm) {
        copy(slots.gain, norm.gain);
        copy(slots.bias, norm.bias);
    };
    const Index d = layout.config.d_model;
    copy(layout.token, model.weights.embedding.token);
    copy(layout.position, model.weights.embedding.position);
    copy(layout.token_type, model.weights.embedding.token_type);
    copy_norm(layout.embedding_norm, model.weights.embedding.norm);
    for (std::size_t index = 0; index < layout.layers.size(); ++index) {
        const LayerSlots &slots = layout.layers[index];
        const LayerWeights &layer = model.weights.layers.at(index);
        Index part = 0;
        for (const Linear *linear : {&layer.query, &layer.key, &layer.value}) {
            copy(slots.query_key_value.weight, linear->weight, part * d * d);
            copy(slots.query_key_value.bias, linear->bias, part * d);
            ++part;
        }
        copy_linear(slots.output, layer.output);
        copy_norm(slots.attention_norm, layer.attention_norm);
        copy_linear(slots.expand, layer.expand);
        copy_linear(slots.shrink, layer.shrink);
        copy_norm(slots.feed_forward_norm, layer.feed_forward_norm);
    }
    copy_norm(layout.final_norm, model.weights.final_norm);
    if (model.output.masked_word && !model.output.masked_word->bias.empty())
        copy(layout.output_bias, model.output.masked_word->bias);
    return parameters;
}

ModelPtr model_of(const ParameterLayout &layout, std::shared_ptr<const ParameterVector> parameters,
                  TokenizerPtr tokenizer, const QString &name)
{
    const Index d = layout.config.d_model;
    const auto linear = [&](const LinearSlots &slots) {
        return Linear{view(parameters, slots.weight), view(parameters, slots.bias)};
    };
    const auto norm = [&](const NormSlots &slots) {
        return LayerNorm{view(parameters, slots.gain), view(parameters, slots.bias)};
    };
    auto model = std::make_shared<Model>();
    model->name = name;
    model->trained = true;
    model->config = layout.config;
    model->tokenizer = std::move(tokenizer);
    model->weights.embedding.token = view(parameters, layout.token);
    model->weights.embedding.position = view(parameters, layout.position);
    model->weights.embedding.token_type = view(parameters, layout.token_type);
    model->weights.embedding.norm = norm(layout.embedding_norm);
    for (const LayerSlots &slots : layout.layers) {
        const auto part = [&](Index index) {
            const LinearSlots &all = slots.query_key_value;
            const Slot bias{all.bias.name, all.bias.offset + index * d, 1, d, false};
            return Linear{view(parameters, all.weight, index * d, d), view(parameters, bias)};
        };
        model->weights.layers.push_back({.query = part(0),
                                         .key = part(1),
                                         .value = part(2),
                                         .output = linear(slots.output),
                                         .attention_norm = norm(slots.attention_norm),
                                         .expand = linear(slots.expand),
                                         .shrink = linear(slots.shrink),
                                         .feed_forward_norm = norm(slots.feed_forward_norm)});
    }
    model->weights.final_norm = norm(layout.final_norm);
    MaskedWordHead head;
    head.decoder = model->weights.embedding.token;
    head.bias = view(parameters, layout.output_bias);
    model->output.masked_word = std::move(head);
    return model;
}

} // namespace encoderscope
