// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/initial_model.h"

#include <fstream>
#include <istream>
#include <string>

namespace encoderscope
{

template <typename Number>
Number read_number(std::istream &words)
{
    Number number{};
    words >> number;
    return number;
}

/// A model of random weights and an input, as benchmarks and their peers share them: learned positions, GELU,
/// post-norm; or with what ModernBERT or DeBERTa-v3 has instead.
struct BenchModel {
    ModelPtr model;
    Encoding encoding;

    /// "LAYERS D_MODEL HEADS D_FF [modernbert|deberta]"
    void make(std::istream &words)
    {
        auto made = std::make_shared<Model>();
        EncoderConfig &config = made->config;
        config.vocabulary_size = 1000;
        words >> config.layers >> config.d_model >> config.heads >> config.d_ff;
        config.embedding_size = config.d_model;
        config.positions = Positions::learned;
        config.max_positions = 512;
        config.token_types = 2;
        std::string kind;
        words >> kind;
        if (kind == "modernbert")
            make_modernbert(config);
        else if (kind == "deberta")
            make_deberta(config);
        made->weights = initial_weights(config, 1);
        this->model = std::move(made);
    }

    static void make_modernbert(EncoderConfig &config)
    {
        config.positions = Positions::rotary;
        config.rotation = {.base = 160000.0, .local_base = 10000.0};
        config.token_types = 0;
        config.norm_placement = NormPlacement::pre;
        config.norm_epsilon = 1e-5F;
        config.norm_biases = config.first_norm = config.biases = false;
        config.gated = true;
        config.window = 64;
        for (int layer = 0; layer < config.layers; ++layer)
            config.local_layers.push_back(layer % 3 != 0);
    }

    static void make_deberta(EncoderConfig &config)
    {
        config.positions = Positions::none;
        config.token_types = 0;
        config.norm_epsilon = 1e-7F;
        config.relative_products = {.content_to_position = true,
                                    .position_to_content = true,
                                    .span = 256,
                                    .rows = 512,
                                    .buckets = 256,
                                    .greatest = 512,
                                    .in_scale = 3};
    }

    template <typename Action>
    void each_weight(const Action &action) const
    {
        const auto linear = [&](const Linear &l) {
            action(l.weight);
            action(l.bias);
        };
        const auto norm = [&](const LayerNorm &n) {
            action(n.gain);
            action(n.bias);
        };
        const EncoderWeights &weights = model->weights;
        action(weights.embedding.token);
        action(weights.embedding.position);
        action(weights.embedding.token_type);
        norm(weights.embedding.norm);
        for (const LayerWeights &layer : weights.layers) {
            for (const Linear *l : {&layer.query, &layer.key, &layer.value, &layer.output})
                linear(*l);
            norm(layer.attention_norm);
            linear(layer.expand);
            linear(layer.feed_forward_value);
            linear(layer.shrink);
            norm(layer.feed_forward_norm);
            action(layer.relative_key);
            action(layer.relative_query);
        }
        norm(weights.final_norm);
    }

    void write_weights(std::istream &words) const
    {
        std::ofstream file(read_number<std::string>(words), std::ios::binary);
        each_weight([&](const SharedMatrix &matrix) {
            file.write(reinterpret_cast<const char *>(matrix.data()),
                       matrix.rows() * matrix.columns() * static_cast<Index>(sizeof(float)));
        });
    }

    void make_input(std::istream &words)
    {
        const int tokens = read_number<int>(words);
        encoding.tokens.clear();
        for (int i = 0; i < tokens; ++i) {
            Token token;
            token.id = (i * 37 + 11) % 1000;
            encoding.tokens.push_back(token);
        }
    }
};

} // namespace encoderscope
