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
/// post-norm.
struct BenchModel {
    ModelPtr model;
    Encoding encoding;

    /// "LAYERS D_MODEL HEADS D_FF"
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
        made->weights = initial_weights(config, 1);
        this->model = std::move(made);
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
            linear(layer.shrink);
            norm(layer.feed_forward_norm);
        }
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
