// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/embedding.h"

#include "engine/forward/operations.h"
#include "engine/forward/position_rows.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace encoderscope
{

namespace
{

/// Radians per position: 10000^(-2i/d_model), i = dimension / 2.
double angular_rate(int dimension, int d_model)
{
    const int i = dimension / 2;
    return std::pow(10000.0, -2.0 * i / d_model);
}

} // namespace

double position_wavelength(int dimension, int d_model)
{
    return 2.0 * std::numbers::pi / angular_rate(dimension, d_model);
}

Matrix positional_encoding(int positions, int d_model)
{
    // From one position to the next each pair turns by its rate, so that sin and cos are called once a pair.
    // In double, which keeps the error of a million turns below float's.
    const Index pairs = (d_model + 1) / 2;
    Eigen::ArrayXd turn(pairs);
    for (Index i = 0; i < pairs; ++i)
        turn(i) = angular_rate(static_cast<int>(2 * i), d_model);
    const Eigen::ArrayXd turn_sin = turn.sin();
    const Eigen::ArrayXd turn_cos = turn.cos();

    Matrix encoding(positions, d_model);
    Eigen::ArrayXd sine = Eigen::ArrayXd::Zero(pairs);
    Eigen::ArrayXd cosine = Eigen::ArrayXd::Ones(pairs);
    for (int position = 0; position < positions; ++position) {
        for (int dimension = 0; dimension < d_model; ++dimension)
            encoding(position, dimension) =
                static_cast<float>(dimension % 2 == 0 ? sine(dimension / 2) : cosine(dimension / 2));
        const Eigen::ArrayXd turned = sine * turn_cos + cosine * turn_sin;
        cosine = cosine * turn_cos - sine * turn_sin;
        sine = turned;
    }
    return encoding;
}

Matrix token_rows(const Model &model, const Encoding &encoding)
{
    const SharedMatrix &table = model.weights.embedding.token;
    Matrix rows(static_cast<Index>(encoding.tokens.size()), model.config.embedding_size);
    for (Index i = 0; i < rows.rows(); ++i)
        rows.row(i) = table.view().row(encoding.tokens[static_cast<std::size_t>(i)].id);
    return rows;
}

EmbeddingTrace embed(const Model &model, const Encoding &encoding, const Switches &switches,
                     const std::stop_token &stop)
{
    return embed_rows(model, encoding, switches, token_rows(model, encoding), stop);
}

EmbeddingTrace embed_rows(const Model &model, const Encoding &encoding, const Switches &switches, Matrix rows,
                          const std::stop_token &stop)
{
    const EncoderConfig &config = model.config;
    const EmbeddingWeights &weights = model.weights.embedding;
    const auto n = static_cast<Index>(encoding.tokens.size());
    const Index e = config.embedding_size;
    const Index copies = n > 0 ? rows.rows() / n : 0;

    EmbeddingTrace trace;
    trace.token = std::move(rows);
    trace.sum = trace.token;
    if (switches.embedding_scale.value_or(config.embedding_scale)) {
        trace.scaled = trace.token * std::sqrt(static_cast<float>(config.d_model));
        trace.sum = trace.scaled;
    }
    const bool adds_positions =
        config.positions == Positions::sinusoidal || config.positions == Positions::learned;
    if (adds_positions && switches.positions) {
        const Matrix position = config.positions == Positions::sinusoidal
                                    ? positional_encoding(static_cast<int>(n), static_cast<int>(e))
                                    : learned_positions(encoding.tokens, config, weights.position.view());
        trace.position = position.replicate(copies, 1);
        trace.sum += trace.position;
    }
    if (config.token_types > 0) {
        Matrix types(n, e);
        for (Index i = 0; i < n; ++i) {
            const int type = encoding.tokens[static_cast<std::size_t>(i)].type;
            types.row(i) = weights.token_type.view().row(std::clamp(type, 0, config.token_types - 1));
        }
        trace.token_type = types.replicate(copies, 1);
        trace.sum += trace.token_type;
    }
    if (config.task_types > 0) {
        trace.task_type = weights.task_type.view().row(0).replicate(n * copies, 1);
        trace.sum += trace.task_type;
    }
    if (config.embedding_norm)
        trace.normalized = layer_norm(trace.sum, weights.norm, config.norm_epsilon, stop);

    const Matrix &last = config.embedding_norm ? trace.normalized : trace.sum;
    trace.output = weights.projection.weight.empty() ? last : linear(last, weights.projection, stop);
    return trace;
}

} // namespace encoderscope
