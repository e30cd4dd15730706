// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"

namespace encoderscope
{

/// A limit for a diverging scale: round, so that it rarely changes while typing, and robust: where single
/// values stand out far, 99.5 % of the values lie within it. Sets `clipped` when some lie beyond.
double divergingLimit(const Matrix &values, bool &clipped);

/// So many rows, spread evenly over a larger matrix, are looked at to choose its scale.
constexpr int scale_sample_rows = 256;

/// The largest magnitude, and the largest value, of those that are finite; 0 when none is.
double largestMagnitude(const MatrixRef &values);
double largestValue(const MatrixRef &values);

} // namespace encoderscope
