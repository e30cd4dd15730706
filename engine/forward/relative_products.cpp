// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/relative_products.h"

#include "engine/forward/operations.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace encoderscope
{

Index relative_row(int distance, const RelativeProducts &products)
{
    int bucket = distance;
    const int middle = products.buckets / 2;
    const int away = std::abs(distance);
    if (products.buckets > 0 && away > middle) {
        // In float, as the reference rounds up what may be a whole number by a hair.
        const auto part = [middle](int of) { return static_cast<float>(of) / static_cast<float>(middle); };
        const float grown =
            std::log(part(away)) / std::log(part(products.greatest - 1)) * static_cast<float>(middle - 1);
        bucket = static_cast<int>(std::ceil(grown)) + middle;
        bucket = distance > 0 ? bucket : -bucket;
    }
    return std::clamp(bucket + products.span, 0, products.rows - 1);
}

RelativeRows::RelativeRows(const RelativeProducts &products, int first_query, Index queries, Index keys)
    : keys_(keys)
{
    for (Index i = 0; i < queries + keys - 1; ++i)
        rows_.push_back(relative_row(static_cast<int>(i - (keys - 1)) + first_query, products));
    const auto [least, greatest] = std::minmax_element(rows_.begin(), rows_.end());
    first_ = *least;
    count_ = *greatest - first_ + 1;
    for (Index &row : rows_)
        row -= first_;
}

Matrix content_to_position(const MatrixRef &query, Index keys, const MatrixRef &table,
                           const RelativeProducts &products, int first_query)
{
    const RelativeRows rows(products, first_query, query.rows(), keys);
    const Matrix all = raw_scores(query, table.middleRows(rows.first(), rows.count()));
    Matrix result(query.rows(), keys);
    for (Index i = 0; i < result.rows(); ++i) {
        for (Index j = 0; j < keys; ++j)
            result(i, j) = all(i, rows(i, j));
    }
    return result;
}

Matrix position_to_content(const MatrixRef &key, Index queries, const MatrixRef &table,
                           const RelativeProducts &products, int first_query)
{
    const RelativeRows rows(products, first_query, queries, key.rows());
    const Matrix all = raw_scores(table.middleRows(rows.first(), rows.count()), key);
    Matrix result(queries, key.rows());
    for (Index i = 0; i < queries; ++i) {
        for (Index j = 0; j < result.cols(); ++j)
            result(i, j) = all(rows(i, j), j);
    }
    return result;
}

} // namespace encoderscope
