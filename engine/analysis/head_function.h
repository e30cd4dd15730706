// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "engine/model/output_heads.h"

namespace encoderscope
{

/// The function of a head's dense layer, element by element.
RowVector apply(HeadFunction function, const RowVector &x);

/// 1 / (1 + e^-x), element by element.
RowVector logistic(const RowVector &x);

/// e^x / Σ e^x over the row.
RowVector softmax_of(const RowVector &x);

} // namespace encoderscope
