// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/weights.h"

#include "engine/error.h"
#include "engine/symmetric_eigen.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <set>

namespace encoderscope
{

namespace
{

/// Rows of W as the paper has it: of all heads, or the columns of one.
Matrix projection_rows(const SharedMatrix &weight, int head, int d_k, Index first, Index count)
{
    const auto columns = weight.view().middleCols(first, count);
    if (head < 0)
        return columns.transpose();
    return columns.middleRows(Index{head} * d_k, d_k).transpose();
}

/// Rows of W_O: those that one head is multiplied by begin at head * d_k.
Matrix output_rows(const SharedMatrix &weight, int head, int d_k, Index first, Index count)
{
    return weight.view().middleCols(std::max(0, head) * Index{d_k} + first, count).transpose();
}

/// The vectors of a layer that stand below each other.
std::vector<const SharedMatrix *> stacked(const LayerWeights &weights, WeightMatrix which)
{
    std::vector<const SharedMatrix *> vectors;
    if (which == WeightMatrix::biases)
        vectors = {&weights.query.bias, &weights.key.bias, &weights.value.bias, &weights.output.bias,
                   &weights.shrink.bias};
    else if (which == WeightMatrix::norms)
        vectors = {&weights.attention_norm.gain, &weights.attention_norm.bias,
                   &weights.feed_forward_norm.gain, &weights.feed_forward_norm.bias};
    else if (which == WeightMatrix::up_bias)
        vectors = {&weights.expand.bias, &weights.feed_forward_value.bias};
    std::erase_if(vectors, [](const SharedMatrix *vector) { return vector->empty(); });
    return vectors;
}

const SharedMatrix &table_of(const EmbeddingWeights &embedding, WeightMatrix which)
{
    return which == WeightMatrix::token_embedding ? embedding.token : embedding.position;
}

bool is_table(WeightMatrix which)
{
    return which == WeightMatrix::token_embedding || which == WeightMatrix::position_embedding;
}

const LayerWeights &layer_of(const Model &model, int layer)
{
    return model.weights.layers[static_cast<std::size_t>(layer)];
}

/// A table by distance: of the layer, or the columns of one head.
Matrix distance_table(const Model &model, WeightMatrix which, int layer, int head)
{
    if (which == WeightMatrix::relative_bias) {
        const SharedMatrix &all = model.weights.relative_bias;
        const Index first =
            model.config.relative_bias_by_layer ? Index{layer} * model.config.relative_buckets : 0;
        return all.empty() ? Matrix() : Matrix(all.view().middleRows(first, model.config.relative_buckets));
    }
    const LayerWeights &weights = layer_of(model, layer);
    const SharedMatrix &table =
        which == WeightMatrix::relative_key ? weights.relative_key : weights.relative_query;
    if (table.empty())
        return {};
    const Index d_k = model.config.d_k();
    return head < 0 ? Matrix(table.view()) : Matrix(table.view().middleCols(head * d_k, d_k));
}

bool is_by_distance(WeightMatrix which)
{
    return which == WeightMatrix::relative_key || which == WeightMatrix::relative_query ||
           which == WeightMatrix::relative_bias;
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

WeightShape weight_shape(const Model &model, WeightMatrix which, int layer, int head)
{
    if (!model.has_weights())
        return {};
    if (is_table(which)) {
        const SharedMatrix &table = table_of(model.weights.embedding, which);
        return {table.rows(), table.columns()};
    }
    if (is_by_distance(which)) {
        const Matrix table = distance_table(model, which, layer, head);
        return {table.rows(), table.cols()};
    }
    const LayerWeights &weights = layer_of(model, layer);
    const Index d_model = model.config.d_model;
    const Index width = head < 0 ? model.config.heads_width() : model.config.d_k();
    switch (which) {
    case WeightMatrix::query:
    case WeightMatrix::key:
    case WeightMatrix::value:
        return {d_model, width};
    case WeightMatrix::output:
        return {width, d_model};
    case WeightMatrix::query_key:
    case WeightMatrix::value_output:
        return {d_model, d_model};
    case WeightMatrix::up:
        return {d_model, model.config.d_ff};
    case WeightMatrix::down:
        return {model.config.d_ff, d_model};
    case WeightMatrix::gate_value:
        return model.config.gated ? WeightShape{d_model, model.config.d_ff} : WeightShape{};
    case WeightMatrix::up_bias:
        return {std::ssize(stacked(weights, which)), model.config.d_ff};
    default:
        return {std::ssize(stacked(weights, which)), d_model};
    }
}

Matrix weight_rows(const Model &model, WeightMatrix which, int layer, int head, Index first, Index count)
{
    if (is_table(which))
        return table_of(model.weights.embedding, which).view().middleRows(first, count);
    if (is_by_distance(which))
        return distance_table(model, which, layer, head).middleRows(first, count);
    const LayerWeights &weights = layer_of(model, layer);
    const int d_k = model.config.d_k();
    const auto columns_of = [&](const Linear &linear) {
        return projection_rows(linear.weight, head, d_k, 0, model.config.d_model);
    };
    const auto rows_of = [&](const Linear &linear, int of_head) {
        return projection_rows(linear.weight, of_head, d_k, first, count);
    };
    switch (which) {
    case WeightMatrix::query:
        return rows_of(weights.query, head);
    case WeightMatrix::key:
        return rows_of(weights.key, head);
    case WeightMatrix::value:
        return rows_of(weights.value, head);
    case WeightMatrix::output:
        return output_rows(weights.output.weight, head, d_k, first, count);
    case WeightMatrix::query_key:
        return rows_of(weights.query, head) * columns_of(weights.key).transpose();
    case WeightMatrix::value_output:
        return rows_of(weights.value, head) *
               output_rows(weights.output.weight, head, d_k, 0, head < 0 ? model.config.heads_width() : d_k);
    case WeightMatrix::up:
        return rows_of(weights.expand, -1);
    case WeightMatrix::down:
        return rows_of(weights.shrink, -1);
    case WeightMatrix::gate_value:
        return rows_of(weights.feed_forward_value, -1);
    default:
        break;
    }
    const std::vector<const SharedMatrix *> vectors = stacked(weights, which);
    Matrix rows(count, weight_shape(model, which, layer, head).columns);
    for (Index row = 0; row < count; ++row)
        rows.row(row) = vectors[static_cast<std::size_t>(first + row)]->view().row(0);
    return rows;
}

Matrix weight_matrix(const Model &model, WeightMatrix which, int layer, int head)
{
    return weight_rows(model, which, layer, head, 0, weight_shape(model, which, layer, head).rows);
}

Linear feed_forward_in_one(const Model &model, int layer)
{
    if (layer >= static_cast<int>(model.weights.layers.size()))
        return {};
    const LayerWeights &weights = model.weights.layers[static_cast<std::size_t>(layer)];
    if (weights.expand.weight.empty() || weights.shrink.weight.empty() || model.config.gated)
        return {};
    const MatrixView down = weights.shrink.weight.view();
    Matrix bias = Matrix::Zero(1, down.rows());
    if (!weights.expand.bias.empty())
        bias += weights.expand.bias.view() * down.transpose();
    if (!weights.shrink.bias.empty())
        bias += weights.shrink.bias.view();
    return {SharedMatrix(Matrix(down * weights.expand.weight.view())), SharedMatrix(std::move(bias))};
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

std::vector<float> singular_values(const MatrixRef &weights, const std::stop_token &stop)
{
    if (weights.size() == 0)
        return {};
    if (!weights.allFinite())
        throw Error(QCoreApplication::translate(
            "Model", "The weights are not all finite: they have no singular values."));
    // The products of a tall matrix' columns, or of a wide one's rows, in blocks.
    const bool tall = weights.rows() >= weights.cols();
    const Index all = std::max(weights.rows(), weights.cols());
    Eigen::MatrixXd products = Eigen::MatrixXd::Zero(std::min(weights.rows(), weights.cols()),
                                                     std::min(weights.rows(), weights.cols()));
    constexpr Index block = 256;
    for (Index first = 0; first < all; first += block) {
        if (stop.stop_requested())
            return {};
        const Index count = std::min(block, all - first);
        const Eigen::MatrixXd part =
            tall ? Eigen::MatrixXd(weights.middleRows(first, count).transpose().cast<double>())
                 : Eigen::MatrixXd(weights.middleCols(first, count).cast<double>());
        products.selfadjointView<Eigen::Lower>().rankUpdate(part);
    }
    const Eigen::VectorXd squares = symmetric_eigenvalues(products);
    std::vector<float> values;
    for (Index i = products.rows() - 1; i >= 0; --i) // ascending, and rounding may have made 0 negative
        values.push_back(static_cast<float>(std::sqrt(std::max(0.0, squares[i]))));
    return values;
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
