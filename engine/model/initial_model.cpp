// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/initial_model.h"

#include "engine/text/bert.h"
#include "engine/text/initial_vocabulary.h"

#include <cmath>
#include <numbers>
#include <random>

namespace encoderscope
{

namespace
{

/// Numbers in [0, 1) from a generator whose sequence the standard fixes (its distributions are not fixed).
class Random
{
public:
    explicit Random(unsigned seed)
        : generator_(seed)
    {
    }
    double uniform() { return static_cast<double>(generator_() >> 11U) * 0x1p-53; }
    double normal()
    {
        const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
        return radius * std::cos(2.0 * std::numbers::pi * uniform());
    }

private:
    std::mt19937_64 generator_;
};

SharedMatrix constant(Index columns, float value)
{
    return SharedMatrix(Matrix::Constant(1, columns, value));
}

Linear xavier(Random &random, Index out, Index in, bool bias)
{
    const double limit = std::sqrt(6.0 / static_cast<double>(in + out));
    Matrix weight(out, in);
    for (float &value : weight.reshaped<Eigen::RowMajor>())
        value = static_cast<float>((2.0 * random.uniform() - 1.0) * limit);
    return {SharedMatrix(std::move(weight)), bias ? constant(out, 0.0F) : SharedMatrix()};
}

SharedMatrix table(Random &random, Index rows, Index columns)
{
    const double deviation = 1.0 / std::sqrt(static_cast<double>(columns));
    Matrix values(rows, columns);
    for (float &value : values.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal() * deviation);
    return SharedMatrix(std::move(values));
}

/// Keys and queries of the relative positions, from one table by the projections of each layer's words, as
/// DeBERTa's third version has them.
void add_relative_products(Random &random, const EncoderConfig &config, std::vector<LayerWeights> &layers)
{
    const RelativeProducts &products = config.relative_products;
    Matrix rows(products.rows, config.d_model);
    for (float &value : rows.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal());
    for (LayerWeights &layer : layers) {
        if (products.content_to_position)
            layer.relative_key = SharedMatrix(Matrix(rows * layer.key.weight.view().transpose()));
        if (products.position_to_content)
            layer.relative_query = SharedMatrix(Matrix(rows * layer.query.weight.view().transpose()));
    }
}

} // namespace

EncoderWeights initial_weights(const EncoderConfig &config, unsigned seed)
{
    Random random(seed);
    const auto norm = [&config](Index width) {
        return LayerNorm{constant(width, 1.0F), config.norm_biases ? constant(width, 0.0F) : SharedMatrix(),
                         config.norm_kind};
    };
    EncoderWeights weights;
    weights.embedding.token = table(random, config.vocabulary_size, config.embedding_size);
    if (config.positions == Positions::learned)
        weights.embedding.position =
            table(random, config.max_positions + config.position_offset, config.embedding_size);
    if (config.token_types > 0)
        weights.embedding.token_type = table(random, config.token_types, config.embedding_size);
    if (config.embedding_norm)
        weights.embedding.norm = norm(config.embedding_size);
    if (config.embedding_size != config.d_model)
        weights.embedding.projection = xavier(random, config.d_model, config.embedding_size, config.biases);
    for (int index = 0; index < config.layers; ++index) {
        LayerWeights layer;
        for (Linear *linear : {&layer.query, &layer.key, &layer.value, &layer.output})
            *linear = xavier(random, config.d_model, config.d_model,
                             config.biases && (linear != &layer.key || config.key_biases));
        if (index > 0 || config.first_norm)
            layer.attention_norm = norm(config.d_model);
        layer.expand = xavier(random, config.d_ff, config.d_model, config.has_expand_biases());
        if (config.gated)
            layer.feed_forward_value =
                xavier(random, config.d_ff, config.d_model, config.has_expand_biases());
        layer.shrink = xavier(random, config.d_model, config.d_ff, config.has_shrink_biases());
        layer.feed_forward_norm = norm(config.d_model);
        weights.layers.push_back(std::move(layer));
    }
    if (config.relative_products.rows > 0)
        add_relative_products(random, config, weights.layers);
    if (config.norm_placement == NormPlacement::pre)
        weights.final_norm = norm(config.d_model);
    return weights;
}

ModelPtr untrained_model()
{
    auto vocabulary = std::make_shared<const Vocabulary>(initial_vocabulary());
    auto model = std::make_shared<Model>();
    model->name = QStringLiteral("Encoderscope untrained");
    model->config = {.vocabulary_size = vocabulary->size(),
                     .max_positions = 4096,
                     .embedding_scale = true,
                     .embedding_norm = false,
                     .activation = Activation::relu};
    model->weights = initial_weights(model->config, 1);
    model->tokenizer = bert_tokenizer(std::move(vocabulary), made_tokenizer_options());
    return model;
}

} // namespace encoderscope
