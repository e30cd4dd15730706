// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "engine/model/encoder_config.h"

#include <vector>

namespace encoderscope
{

/// The row of the tables of relative positions that a distance δ = query - key has, within the tables.
/// Distances up to half of `buckets` have a row each, the others share, logarithmically up to `greatest`
/// ("DeBERTa", equation 3, and in the second version make_log_bucket_position).
Index relative_row(int distance, const RelativeProducts &products);

/// The rows of the tables that some queries (from `first_query` on) and keys (from 0 on) need.
class RelativeRows
{
public:
    RelativeRows(const RelativeProducts &products, int first_query, Index queries, Index keys);

    Index first() const { return first_; } ///< of the table
    Index count() const { return count_; }
    /// Of query i and key j of those, counted from first().
    Index operator()(Index query, Index key) const
    {
        return rows_[static_cast<std::size_t>(query - key + keys_ - 1)];
    }

private:
    Index keys_;
    Index first_ = 0, count_ = 0;
    std::vector<Index> rows_; ///< by distance, the least first
};

/// q_i · r_K[row of i, j] for each query i (counted from `first_query`) and key j: one head's, `table` is its
/// columns of the keys of relative positions [rows x d_k]; [queries x keys].
Matrix content_to_position(const MatrixRef &query, Index keys, const MatrixRef &table,
                           const RelativeProducts &products, int first_query);

/// r_Q[row of i, j] · k_j: the same with the queries of relative positions.
Matrix position_to_content(const MatrixRef &key, Index queries, const MatrixRef &table,
                           const RelativeProducts &products, int first_query);

} // namespace encoderscope
