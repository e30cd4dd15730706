// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "engine/model/output_heads.h"

#include <set>

namespace encoderscope
{

/// The function of a head's dense layer, element by element.
RowVector apply(HeadFunction function, const RowVector &x);

/// What a head applies before its last layer [rows x d_model].
Matrix transformed(const HeadTransform &transform, const MatrixRef &x, float epsilon);

/// What each of `tokens` has in the mean of those that are not masked [1 x tokens].
RowVector mean_shares(Index tokens, const std::set<int> &masked);

/// 1 / (1 + e^-x), element by element.
RowVector logistic(const RowVector &x);

/// e^x / Σ e^x over the row.
RowVector softmax_of(const RowVector &x);

} // namespace encoderscope
