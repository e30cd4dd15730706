// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/weights.h"

#include <Eigen/SVD>

#include <algorithm>
#include <cmath>
#include <set>

namespace encoderscope
{

namespace
{

/// W as the paper has it, or the columns of one head.
Matrix projection(const SharedMatrix &weight, int head, int d_k)
{
    if (head < 0)
        return weight.view().transpose();
    return weight.view().middleRows(Index{head} * d_k, d_k).transpose();
}

Matrix output_rows(const SharedMatrix &weight, int head, int d_k)
{
    if (head < 0)
        return weight.view().transpose();
    return weight.view().middleCols(Index{head} * d_k, d_k).transpose();
}

/// The vectors that are there, one below the other.
Matrix stacked(std::initializer_list<const SharedMatrix *> vectors, Index columns)
{
    Matrix rows(0, columns);
    for (const SharedMatrix *vector : vectors) {
        if (vector->empty())
            continue;
        rows.conservativeResize(rows.rows() + 1, Eigen::NoChange);
        rows.row(rows.rows() - 1) = vector->view().row(0);
    }
    return rows;
}

std::set<int> special_ids(const Tokenizer &tokenizer)
{
    std::set<int> ids{tokenizer.mask_id()};
    const Tokenizer::Specials specials = tokenizer.specials();
    for (const std::vector<Token> *tokens : {&specials.before, &specials.between, &specials.after}) {
        for (const Token &token : *tokens)
            ids.insert(token.id);
    }
    return ids;
}

} // namespace

Matrix weight_matrix(const Model &model, WeightMatrix which, int layer, int head)
{
    const EmbeddingWeights &embedding = model.weights.embedding;
    if (which == WeightMatrix::token_embedding)
        return embedding.token.view();
    if (which == WeightMatrix::position_embedding)
        return embedding.position.empty() ? Matrix() : Matrix(embedding.position.view());
    const LayerWeights &weights = model.weights.layers[static_cast<std::size_t>(layer)];
    const int d_k = model.config.d_k();
    switch (which) {
    case WeightMatrix::query:
        return projection(weights.query.weight, head, d_k);
    case WeightMatrix::key:
        return projection(weights.key.weight, head, d_k);
    case WeightMatrix::value:
        return projection(weights.value.weight, head, d_k);
    case WeightMatrix::output:
        return output_rows(weights.output.weight, head, d_k);
    case WeightMatrix::query_key:
        return projection(weights.query.weight, head, d_k) *
               projection(weights.key.weight, head, d_k).transpose();
    case WeightMatrix::value_output:
        return projection(weights.value.weight, head, d_k) * output_rows(weights.output.weight, head, d_k);
    case WeightMatrix::up:
        return weights.expand.weight.view().transpose();
    case WeightMatrix::down:
        return weights.shrink.weight.view().transpose();
    case WeightMatrix::biases:
        return stacked({&weights.query.bias, &weights.key.bias, &weights.value.bias, &weights.output.bias,
                        &weights.shrink.bias},
                       model.config.d_model);
    default:
        return stacked({&weights.attention_norm.gain, &weights.attention_norm.bias,
                        &weights.feed_forward_norm.gain, &weights.feed_forward_norm.bias},
                       model.config.d_model);
    }
}

WeightSummary weight_summary(const MatrixRef &weights)
{
    WeightSummary summary{.rows = weights.rows(), .columns = weights.cols()};
    if (weights.size() == 0)
        return summary;
    summary.mean = weights.mean();
    summary.deviation =
        std::sqrt((weights.array() - summary.mean).square().sum() / static_cast<float>(weights.size()));
    summary.least = weights.minCoeff();
    summary.greatest = weights.maxCoeff();
    summary.norm = weights.norm();
    return summary;
}

std::vector<float> singular_values(const MatrixRef &weights)
{
    if (weights.size() == 0)
        return {};
    const Eigen::BDCSVD<Matrix> decomposition(weights);
    const auto &values = decomposition.singularValues();
    return {values.data(), values.data() + values.size()};
}

std::vector<int> weight_histogram(const MatrixRef &weights, float limit, int bins)
{
    std::vector<int> counts(static_cast<std::size_t>(bins), 0);
    const float scale = static_cast<float>(bins) / (2.0F * limit);
    for (Index row = 0; row < weights.rows(); ++row) {
        for (Index column = 0; column < weights.cols(); ++column) {
            const float place = (weights(row, column) + limit) * scale;
            if (std::isnan(place))
                continue;
            const float bin = std::clamp(place, 0.0F, static_cast<float>(bins) - 1.0F);
            ++counts[static_cast<std::size_t>(bin)];
        }
    }
    return counts;
}

std::vector<NearWord> nearest_words(const Model &model, int id, int count)
{
    const MatrixView table = model.weights.embedding.token.view();
    const int words = std::min(static_cast<int>(table.rows()), model.tokenizer->vocabulary_size());
    if (id < 0 || id >= words)
        return {};
    const Eigen::VectorXf lengths = table.topRows(words).rowwise().norm();
    Eigen::VectorXf cosines = table.topRows(words) * table.row(id).transpose();
    for (Index i = 0; i < cosines.size(); ++i) {
        const float product = lengths[i] * lengths[id];
        cosines[i] = product > 0.0F ? cosines[i] / product : 0.0F;
    }
    const std::set<int> specials = special_ids(*model.tokenizer);
    std::vector<int> others;
    for (int other = 0; other < words; ++other) {
        if (other != id && !specials.contains(other) && std::isfinite(cosines[other]) &&
            !model.tokenizer->piece(other).isEmpty())
            others.push_back(other);
    }
    const auto nearer = [&cosines](int a, int b) {
        return cosines[a] != cosines[b] ? cosines[a] > cosines[b] : a < b;
    };
    const auto last = others.begin() + std::min<std::ptrdiff_t>(count, std::ssize(others));
    std::partial_sort(others.begin(), last, others.end(), nearer);
    std::vector<NearWord> near;
    for (auto other = others.begin(); other != last; ++other)
        near.push_back({*other, model.tokenizer->piece(*other), cosines[*other]});
    return near;
}

} // namespace encoderscope
