// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/strided.h"

#include <span>

namespace encoderscope::kernels
{

/// The activations: relu is max(x, 0); gelu is x/2 (1 + erf(x / sqrt 2)); gelu_tanh its approximation by
/// tanh; silu is x / (1 + e^-x).
enum class Curve { relu, gelu, gelu_tanh, silu };

/// to = curve(from), element by element; `to` may be `from`.
void activate(const ConstRows &from, const Rows &to, Curve curve);

/// to = (from - mean) / sqrt(variance + epsilon) * gain + bias, row by row; gain and bias hold from.columns
/// floats.
void normalize(const ConstRows &from, const float *gain, const float *bias, float epsilon, const Rows &to);

/// Softmax of each row times `factor`. The columns in `masked` (each below scores.columns, each once) count
/// as absent and become 0; so does a row whose columns are all masked. A row with a NaN becomes NaN
/// elsewhere.
void softmax(const Rows &scores, float factor, std::span<const std::size_t> masked);

} // namespace encoderscope::kernels
