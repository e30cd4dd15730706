// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/operations.h"

#include "engine/forward/relative_products.h"
#include "engine/kernels/attention.h"
#include "engine/kernels/elementwise.h"
#include "engine/kernels/multiply.h"
#include "engine/kernels/workers.h"

#include <array>
#include <cmath>
#include <vector>

namespace encoderscope
{

namespace
{

kernels::ConstRows rows_of(const MatrixRef &x)
{
    return {x.data(), static_cast<std::size_t>(x.rows()), static_cast<std::size_t>(x.cols()),
            static_cast<std::size_t>(x.outerStride())};
}

template <typename Written>
requires(!std::is_const_v<Written>) kernels::Rows rows_of(Written &x)
{
    return {x.data(), static_cast<std::size_t>(x.rows()), static_cast<std::size_t>(x.cols()),
            static_cast<std::size_t>(x.outerStride())};
}

kernels::Rows resized(Matrix &x, Index rows, Index columns)
{
    x.resize(rows, columns);
    return rows_of(x);
}

/// A weight in the orders in which products read it, each made when first needed and kept with it.
struct WeightPanels {
    MadeOnce rows, columns;
};

const kernels::Panels &panels_of(const SharedMatrix &weight, kernels::Panels::Side outputs)
{
    using Kept = std::unique_ptr<const WeightPanels>; // what is made once cannot be moved
    const WeightPanels &both = *weight.derived<Kept>([] { return std::make_unique<const WeightPanels>(); });
    const MadeOnce &one = outputs == kernels::Panels::Side::rows ? both.rows : both.columns;
    return one.get<kernels::Panels>([&] {
        const auto columns = static_cast<std::size_t>(weight.columns());
        return kernels::Panels({weight.data(), static_cast<std::size_t>(weight.rows()), columns, columns},
                               outputs);
    });
}

} // namespace

const kernels::Panels &transposed_panels(const SharedMatrix &weight)
{
    return panels_of(weight, kernels::Panels::Side::columns);
}

namespace
{

kernels::Product product(const MatrixRef &x, const Linear &weights, Matrix &y)
{
    return {.from = rows_of(x),
            .weights = &panels_of(weights.weight, kernels::Panels::Side::rows),
            .bias = weights.bias.data(),
            .to = resized(y, x.rows(), weights.weight.rows())};
}

std::vector<std::size_t> indices_below(Index count, const std::set<int> &indices)
{
    std::vector<std::size_t> below;
    for (const int index : indices) {
        if (index >= 0 && index < count)
            below.push_back(static_cast<std::size_t>(index));
    }
    return below;
}

} // namespace

Matrix linear(const MatrixRef &x, const Linear &weights, const std::stop_token &stop)
{
    Matrix y;
    const kernels::Product only = product(x, weights, y);
    kernels::multiply({&only, 1}, stop);
    return y;
}

void linear(const MatrixRef &x, std::initializer_list<Projection> projections, const std::stop_token &stop)
{
    std::vector<kernels::Product> products;
    products.reserve(projections.size());
    for (const Projection &projection : projections)
        products.push_back(product(x, projection.weights, projection.y));
    kernels::multiply(products, stop);
}

void linear_and_sum(const MatrixRef &x, const Linear &weights, const MatrixRef &residual, Matrix &y,
                    Matrix &sum, const std::stop_token &stop)
{
    kernels::Product both = product(x, weights, y);
    both.residual = rows_of(residual);
    both.sum = resized(sum, y.rows(), y.cols());
    kernels::multiply({&both, 1}, stop);
}

void linear_and_activation(const MatrixRef &x, const Linear &weights, Activation activation, Matrix &y,
                           Matrix &activated, const std::stop_token &stop)
{
    kernels::Product both = product(x, weights, y);
    both.activated = resized(activated, y.rows(), y.cols());
    both.curve = curve_of(activation);
    kernels::multiply({&both, 1}, stop);
}

void linear_and_gate(const MatrixRef &x, const Linear &weights, const Linear &value_weights,
                     Activation activation, Matrix &y, Matrix &gate, Matrix &value, Matrix &product_of_both,
                     const std::stop_token &stop)
{
    std::array<kernels::Product, 2> products{product(x, weights, y), product(x, value_weights, value)};
    products[0].activated = resized(gate, y.rows(), y.cols());
    products[0].curve = curve_of(activation);
    kernels::multiply(products, stop);
    kernels::multiply_elements(rows_of(MatrixRef(gate)), rows_of(MatrixRef(value)),
                               resized(product_of_both, y.rows(), y.cols()), stop);
}

Matrix layer_norm(const MatrixRef &x, const LayerNorm &weights, float epsilon, const std::stop_token &stop)
{
    if (weights.gain.empty())
        return x;
    Matrix y(x.rows(), x.cols());
    if (weights.kind == NormKind::root_mean_square)
        kernels::normalize_by_root_mean_square(rows_of(x), weights.gain.data(), epsilon, rows_of(y), stop);
    else
        kernels::normalize(rows_of(x), weights.gain.data(), weights.bias.data(), epsilon, rows_of(y), stop);
    return y;
}

Matrix activate(const MatrixRef &x, Activation activation)
{
    Matrix y(x.rows(), x.cols());
    kernels::activate(rows_of(x), rows_of(y), curve_of(activation));
    return y;
}

float activate(float x, Activation activation)
{
    return activate(Matrix::Constant(1, 1, x), activation)(0, 0);
}

kernels::Curve curve_of(Activation activation)
{
    switch (activation) {
    case Activation::relu:
        return kernels::Curve::relu;
    case Activation::gelu:
        return kernels::Curve::gelu;
    case Activation::gelu_tanh:
        return kernels::Curve::gelu_tanh;
    case Activation::quick_gelu:
        return kernels::Curve::quick_gelu;
    case Activation::mish:
        return kernels::Curve::mish;
    case Activation::relu_squared:
        return kernels::Curve::relu_squared;
    case Activation::silu:
        return kernels::Curve::silu;
    case Activation::identity:
        break;
    }
    return kernels::Curve::identity;
}

namespace
{

constexpr Index few_queries = 4; ///< for so few packing the keys would take longer than multiplying

} // namespace

Matrix raw_scores(const MatrixRef &query, const MatrixRef &key)
{
    if (query.rows() <= few_queries)
        return query * key.transpose();
    const kernels::Panels keys(rows_of(key));
    Matrix scores;
    const kernels::Product product{.from = rows_of(query),
                                   .weights = &keys,
                                   .bias = nullptr,
                                   .to = resized(scores, query.rows(), key.rows())};
    kernels::multiply({&product, 1});
    return scores;
}

float AttentionOptions::score_divisor(Index d_k) const
{
    return divisor.value_or(std::sqrt(static_cast<float>(d_k)));
}

namespace
{

/// One head's columns of a table of relative positions.
MatrixView::ConstColsBlockXpr columns_of(const MatrixView &table, int head, Index d_k)
{
    return table.middleCols(head * d_k, d_k);
}

} // namespace

Matrix scaled_scores(const MatrixRef &query, const MatrixRef &key, const AttentionOptions &options, int head,
                     int first_query)
{
    const Index d_k = query.cols();
    Matrix scores = raw_scores(query, key);
    if (options.relative_products.content_to_position)
        scores += content_to_position(query, key.rows(), columns_of(options.relative_key.view(), head, d_k),
                                      options.relative_products, first_query);
    if (options.relative_products.position_to_content)
        scores += position_to_content(key, query.rows(), columns_of(options.relative_query.view(), head, d_k),
                                      options.relative_products, first_query);
    scores /= options.score_divisor(d_k);
    if (!options.relative_bias.empty() || !options.slopes.empty())
        scores += position_bias(options, head, first_query, scores.rows(), scores.cols());
    return scores;
}

Matrix softmax(const MatrixRef &scores, const AttentionOptions &options, int first_query)
{
    Matrix weights = scores;
    const float factor = 1.0F / options.temperature;
    const std::vector<std::size_t> masked = indices_below(weights.cols(), options.masked);
    if (!options.window) {
        kernels::softmax(rows_of(weights), factor, masked);
        return weights;
    }
    for (Index row = 0; row < weights.rows(); ++row) {
        const Index begin = std::max<Index>(first_query + row - *options.window, 0);
        const Index end = std::min<Index>(first_query + row + *options.window + 1, weights.cols());
        weights.row(row).head(begin).setZero();
        weights.row(row).tail(weights.cols() - end).setZero();
        std::vector<std::size_t> masked_here;
        for (const std::size_t key : masked) {
            if (static_cast<Index>(key) >= begin && static_cast<Index>(key) < end)
                masked_here.push_back(key - static_cast<std::size_t>(begin));
        }
        auto within = weights.block(row, begin, 1, end - begin);
        kernels::softmax(rows_of(within), factor, masked_here);
    }
    return weights;
}

namespace
{

/// The row of the table of relative biases for the distance key - query.
int relative_bucket(int distance, int buckets, int greatest)
{
    // "Exploring the Limits of Transfer Learning ...", section 2.1: half of the buckets for each direction,
    // half of those for exact distances, the others growing logarithmically up to the greatest distance.
    const int half = buckets / 2;
    const int exact = half / 2;
    const int away = std::abs(distance);
    int slot = away;
    if (away >= exact) {
        // In float, as the reference.
        const auto part = [exact](int of) { return static_cast<float>(of) / static_cast<float>(exact); };
        const float grown =
            std::log(part(away)) / std::log(part(greatest)) * static_cast<float>(half - exact);
        slot = std::min(exact + static_cast<int>(grown), half - 1);
    }
    return slot + (distance > 0 ? half : 0);
}

/// Given the row of the table for the distance.
float bias_in_row(const AttentionOptions &options, int head, int distance, Index row)
{
    float bias = options.relative_bias.empty() ? 0.0F : options.relative_bias.view()(row, head);
    if (!options.slopes.empty())
        bias -= options.slopes[static_cast<std::size_t>(head)] * static_cast<float>(std::abs(distance));
    return bias;
}

Index bias_row(const AttentionOptions &options, int distance)
{
    const SharedMatrix &table = options.relative_bias;
    return table.empty()
               ? 0
               : relative_bucket(distance, static_cast<int>(table.rows()), options.relative_greatest);
}

/// For each of `heads` the bias of the distances query - key from 1 - n to n - 1 [heads x (2 n - 1)].
Matrix bias_by_distance(const AttentionOptions &options, const std::vector<std::size_t> &heads, Index n)
{
    Matrix bias(static_cast<Index>(heads.size()), 2 * n - 1);
    for (Index column = 0; column < bias.cols(); ++column) {
        const auto distance = static_cast<int>(n - 1 - column);
        const Index row = bias_row(options, distance);
        for (Index i = 0; i < bias.rows(); ++i)
            bias(i, column) =
                bias_in_row(options, static_cast<int>(heads[static_cast<std::size_t>(i)]), distance, row);
    }
    return bias;
}

} // namespace

float position_bias(const AttentionOptions &options, int head, int distance)
{
    return bias_in_row(options, head, distance, bias_row(options, distance));
}

Matrix position_bias(const AttentionOptions &options, int head, int first_query, Index queries, Index keys)
{
    RowVector by_distance(queries + keys - 1); // key - query, the least first
    const auto least = static_cast<int>(1 - queries) - first_query;
    for (Index i = 0; i < by_distance.cols(); ++i)
        by_distance(i) = position_bias(options, head, least + static_cast<int>(i));
    Matrix bias(queries, keys);
    for (Index i = 0; i < queries; ++i)
        bias.row(i) = by_distance.segment(queries - 1 - i, keys);
    return bias;
}

namespace
{

/// Computes what `attention` has the inputs and outputs of. Its heads are called `names` in the options.
void attend(kernels::Attention attention, const AttentionOptions &options,
            const std::vector<std::size_t> &names, const std::stop_token &stop = {})
{
    const auto n = static_cast<Index>(attention.key.rows);
    const std::vector<std::size_t> masked = indices_below(n, options.masked);
    Matrix bias;
    if (!options.relative_bias.empty() || !options.slopes.empty())
        bias = bias_by_distance(options, names, n);
    attention.scale = 1.0F / options.score_divisor(static_cast<Index>(attention.d_k));
    attention.temperature = options.temperature;
    attention.masked = masked;
    attention.distance_bias = bias.size() > 0 ? bias.data() : nullptr;
    attention.window =
        options.window ? static_cast<std::size_t>(*options.window) : kernels::Attention::everything;
    kernels::attend(attention, stop);
}

} // namespace

Matrix head_weights(const MatrixRef &query, const MatrixRef &key, const AttentionOptions &options, int head,
                    int first_query)
{
    if (options.relative_products.rows > 0 || query.rows() <= few_queries)
        return softmax(scaled_scores(query, key, options, head, first_query), options, first_query);
    Matrix weights(query.rows(), key.rows());
    constexpr std::array<std::size_t, 1> only{0}; // its columns alone are here
    attend({.query = rows_of(query),
            .key = rows_of(key),
            .value = {},
            .d_k = static_cast<std::size_t>(query.cols()),
            .heads = only,
            .masked = {},
            .first_query = static_cast<std::size_t>(first_query),
            .heads_output = {},
            .weights = weights.data()},
           options, {static_cast<std::size_t>(head)});
    return weights;
}

namespace
{

/// The heads of models whose scores are sums of products: by blocks of queries. `all_weights` may be null.
void attend_with_products(const MatrixRef &query, const MatrixRef &key, const MatrixRef &value,
                          const AttentionOptions &options, const std::vector<std::size_t> &heads,
                          Eigen::Ref<Matrix> concatenation, Matrix *all_weights, const std::stop_token &stop)
{
    constexpr Index most_queries = 256;
    const Index n = query.rows();
    const Index d_k = query.cols() / options.heads;
    const auto of_head = [&](std::size_t at, std::size_t) {
        const auto head = static_cast<int>(heads[at]);
        const Index column = head * d_k;
        const kernels::Panels values(rows_of(MatrixRef(value.middleCols(column, d_k))),
                                     kernels::Panels::Side::columns);
        for (Index first = 0; first < n && !stop.stop_requested(); first += most_queries) {
            const Index rows = std::min(most_queries, n - first);
            const Matrix weights =
                head_weights(query.block(first, column, rows, d_k), key.middleCols(column, d_k), options,
                             head, static_cast<int>(first));
            if (all_weights)
                all_weights->middleRows(head * n + first, rows) = weights;
            auto out = concatenation.block(first, column, rows, d_k);
            const kernels::Product product{
                .from = rows_of(MatrixRef(weights)), .weights = &values, .bias = nullptr, .to = rows_of(out)};
            kernels::multiply({&product, 1}, stop);
        }
    };
    kernels::run_chunks(heads.size(), of_head, stop);
}

} // namespace

void attention(const MatrixRef &query, const MatrixRef &key, const MatrixRef &value,
               const AttentionOptions &options, Eigen::Ref<Matrix> concatenation, const std::stop_token &stop,
               Matrix *weights)
{
    concatenation.setZero();
    const Index n = query.rows();
    const Index d_k = query.cols() / options.heads;
    if (weights)
        weights->resize(options.heads * n, n);
    std::vector<std::size_t> heads;
    for (int head = 0; head < options.heads; ++head) {
        if (!options.heads_off.contains(head))
            heads.push_back(static_cast<std::size_t>(head));
    }
    const bool all_heads = std::ssize(heads) == options.heads;
    Matrix *const of_this_pass = all_heads ? weights : nullptr;
    if (options.relative_products.rows > 0)
        attend_with_products(query, key, value, options, heads, concatenation, of_this_pass, stop);
    else
        attend({.query = rows_of(query),
                .key = rows_of(key),
                .value = rows_of(value),
                .d_k = static_cast<std::size_t>(d_k),
                .heads = heads,
                .masked = {},
                .heads_output = rows_of(concatenation),
                .weights = of_this_pass ? of_this_pass->data() : nullptr},
               options, heads, stop);
    for (int head = 0; weights && !all_heads && head < options.heads; ++head)
        weights->middleRows(head * n, n) = head_weights(query.middleCols(head * d_k, d_k),
                                                        key.middleCols(head * d_k, d_k), options, head, 0);
}

} // namespace encoderscope
