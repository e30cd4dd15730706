// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/backward/operations.h"

#include "engine/backward/gradients.h"
#include "engine/forward/relative_products.h"
#include "engine/kernels/multiply.h"
#include "engine/kernels/workers.h"

#include <algorithm>
#include <cmath>

namespace encoderscope::backward
{

namespace
{

kernels::ConstRows rows_of(const MatrixRef &x)
{
    return {x.data(), static_cast<std::size_t>(x.rows()), static_cast<std::size_t>(x.cols()),
            static_cast<std::size_t>(x.outerStride())};
}

kernels::Rows resized(Matrix &x, Index rows, Index columns)
{
    x.resize(rows, columns);
    return {x.data(), static_cast<std::size_t>(rows), static_cast<std::size_t>(columns),
            static_cast<std::size_t>(columns)};
}

kernels::Product product(const MatrixRef &result, const Linear &weights, Matrix &gradient)
{
    return {.from = rows_of(result),
            .weights = &transposed_panels(weights.weight),
            .bias = nullptr,
            .to = resized(gradient, result.rows(), weights.weight.columns())};
}

/// In place: from the gradient by x / sqrt(mean of x² + epsilon) * gain to that by x.
void root_mean_square_backward(const MatrixRef &x, const gradients::RowView<float> &gain, float epsilon,
                               Eigen::Ref<Matrix> gradient)
{
    for (Index row = 0; row < x.rows(); ++row) {
        const auto count = static_cast<float>(x.cols());
        const float scale = 1.0F / std::sqrt(x.row(row).squaredNorm() / count + epsilon);
        const RowVector by_normalized = gradient.row(row).cwiseProduct(gain);
        const float along = by_normalized.dot(x.row(row)) * scale * scale / count;
        gradient.row(row) = scale * (by_normalized - along * x.row(row));
    }
}

/// Adds to the gradients by one head's queries and keys what comes through the products with relative
/// positions: from the gradient by the scores, [queries x keys], times `scale`.
void relative_products_backward(const AttentionOptions &options, int head, int first_query,
                                const Matrix &by_scores, float scale, Eigen::Ref<Matrix> by_query,
                                Eigen::Ref<Matrix> by_key)
{
    const RelativeProducts &products = options.relative_products;
    const Index d_k = by_query.cols();
    const RelativeRows rows(products, first_query, by_scores.rows(), by_scores.cols());
    const auto table = [&](const SharedMatrix &all) {
        return all.view().block(rows.first(), head * d_k, rows.count(), d_k);
    };
    Matrix by_rows;
    if (products.content_to_position) {
        by_rows.setZero(by_scores.rows(), rows.count());
        for (Index i = 0; i < by_scores.rows(); ++i) {
            for (Index j = 0; j < by_scores.cols(); ++j)
                by_rows(i, rows(i, j)) += by_scores(i, j);
        }
        by_query += scale * (by_rows * table(options.relative_key));
    }
    if (products.position_to_content) {
        by_rows.setZero(by_scores.cols(), rows.count());
        for (Index i = 0; i < by_scores.rows(); ++i) {
            for (Index j = 0; j < by_scores.cols(); ++j)
                by_rows(j, rows(i, j)) += by_scores(i, j);
        }
        by_key += scale * (by_rows * table(options.relative_query));
    }
}

} // namespace

Matrix linear(const MatrixRef &result, const Linear &weights, const std::stop_token &stop)
{
    Matrix gradient;
    const kernels::Product only = product(result, weights, gradient);
    kernels::multiply({&only, 1}, stop);
    return gradient;
}

void linear_and_sum(std::initializer_list<Projection> projections, const MatrixRef &added, Matrix &sum,
                    const std::stop_token &stop)
{
    sum = added;
    Matrix gradient;
    for (const Projection &projection : projections) {
        kernels::Product one = product(projection.result, projection.weights, gradient);
        one.residual = rows_of(sum);
        one.sum = {sum.data(), static_cast<std::size_t>(sum.rows()), static_cast<std::size_t>(sum.cols()),
                   static_cast<std::size_t>(sum.cols())}; // element by element: it may be its own residual
        kernels::multiply({&one, 1}, stop);
    }
}

Matrix layer_norm(const MatrixRef &x, const LayerNorm &weights, float epsilon, const MatrixRef &result,
                  const std::stop_token &stop)
{
    Matrix gradient = result;
    if (weights.gain.empty())
        return gradient;
    const gradients::RowView<float> gain(weights.gain.data(), x.cols());
    constexpr Index floats_per_piece = 1 << 14;
    const Index rows_per_piece = std::max<Index>(floats_per_piece / std::max<Index>(x.cols(), 1), 1);
    const auto pieces = static_cast<std::size_t>((x.rows() + rows_per_piece - 1) / rows_per_piece);
    const auto piece = [&](std::size_t index, std::size_t) {
        const Index first = static_cast<Index>(index) * rows_per_piece;
        const Index rows = std::min(rows_per_piece, x.rows() - first);
        if (weights.kind == NormKind::root_mean_square) {
            root_mean_square_backward(x.middleRows(first, rows), gain, epsilon,
                                      gradient.middleRows(first, rows));
            return;
        }
        gradients::NormTrace<float> trace;
        gradients::normalize<float>(x.middleRows(first, rows), epsilon, trace);
        gradients::layer_norm_backward<float>(trace, gain, gradient.middleRows(first, rows));
    };
    kernels::run_chunks(pieces, piece, stop);
    return gradient;
}

void activate(const MatrixRef &x, Activation activation, Matrix &gradient, const std::stop_token &stop)
{
    kernels::activate_backward(rows_of(x), resized(gradient, x.rows(), x.cols()), curve_of(activation), stop);
}

void attention(const MatrixRef &query, const MatrixRef &key, const MatrixRef &value,
               const AttentionOptions &options, const MatrixRef &concatenation,
               Eigen::Ref<Matrix> query_gradient, Eigen::Ref<Matrix> key_gradient,
               Eigen::Ref<Matrix> value_gradient, const std::stop_token &stop)
{
    constexpr Index most_queries = 128;
    const Index n = query.rows();
    const Index d_k = query.cols() / options.heads;
    const float scale = 1.0F / options.score_divisor(d_k) / options.temperature;
    const auto of_head = [&](std::size_t index, std::size_t) {
        const auto head = static_cast<int>(index);
        const Index column = head * d_k;
        if (options.heads_off.contains(head)) {
            query_gradient.middleCols(column, d_k).setZero();
            key_gradient.middleCols(column, d_k).setZero();
            value_gradient.middleCols(column, d_k).setZero();
            return;
        }
        const auto block = [&](const MatrixRef &all, Index row) {
            return Block<const float>{all.data() + row * all.outerStride() + column, all.outerStride()};
        };
        const auto written = [&](Eigen::Ref<Matrix> &all, Index row) {
            return Block<float>{all.data() + row * all.outerStride() + column, all.outerStride()};
        };
        Matrix scores;
        for (Index first = 0; first < n && !stop.stop_requested(); first += most_queries) {
            const Index rows = std::min(most_queries, n - first);
            const Matrix weights = head_weights(query.block(first, column, rows, d_k),
                                                key.middleCols(column, d_k), options, head, first);
            scores.resize(rows, n);
            gradients::head_backward<float>({.query = block(query, first),
                                             .key = block(key, 0),
                                             .value = block(value, 0),
                                             .queries = rows,
                                             .keys = n,
                                             .d_k = d_k,
                                             .scale = scale},
                                            {weights.data(), n}, block(concatenation, first),
                                            {scores.data(), n},
                                            {.query = written(query_gradient, first),
                                             .key = written(key_gradient, 0),
                                             .value = written(value_gradient, 0),
                                             .add = first > 0});
            if (options.relative_products.rows > 0)
                relative_products_backward(options, head, static_cast<int>(first), scores, scale,
                                           query_gradient.block(first, column, rows, d_k),
                                           key_gradient.middleCols(column, d_k));
        }
    };
    kernels::run_chunks(static_cast<std::size_t>(options.heads), of_head, stop);
}

} // namespace encoderscope::backward
