// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/strided.h"

#include <span>
#include <stop_token>

namespace encoderscope::kernels
{

// What each of these leaves out when `stop` is requested keeps its old numbers.

/// The activations: relu is max(x, 0); gelu is x/2 (1 + erf(x / sqrt 2)); gelu_tanh its approximation by
/// tanh; silu is x / (1 + e^-x); quick_gelu is x / (1 + e^(-1.702 x)); mish is x tanh(ln(1 + e^x));
/// relu_squared is max(x, 0)²; identity is x.
enum class Curve { relu, gelu, gelu_tanh, silu, quick_gelu, mish, relu_squared, identity };

/// to = curve(from), element by element; `to` may be `from`.
void activate(const ConstRows &from, const Rows &to, Curve curve, const std::stop_token &stop = {});

/// gradient = gradient * curve'(x), element by element: from the gradient by curve(x) to that by x.
void activate_backward(const ConstRows &x, const Rows &gradient, Curve curve,
                       const std::stop_token &stop = {});

/// to = a * b, element by element.
void multiply_elements(const ConstRows &a, const ConstRows &b, const Rows &to,
                       const std::stop_token &stop = {});

/// to = (from - mean) / sqrt(variance + epsilon) * gain + bias, row by row; gain and bias hold from.columns
/// floats; without bias (null) nothing is added.
void normalize(const ConstRows &from, const float *gain, const float *bias, float epsilon, const Rows &to,
               const std::stop_token &stop = {});

/// to = from / sqrt(mean of from² + epsilon) * gain, row by row.
void normalize_by_root_mean_square(const ConstRows &from, const float *gain, float epsilon, const Rows &to,
                                   const std::stop_token &stop = {});

/// Softmax of each row times `factor`. The columns in `masked` (each below scores.columns, each once) count
/// as absent and become 0; so does a row whose columns are all masked. A row with a NaN becomes NaN
/// elsewhere.
void softmax(const Rows &scores, float factor, std::span<const std::size_t> masked,
             const std::stop_token &stop = {});

/// The entropy of each row of weights in bits, -Σ w log2 w, to 1e-5 of it; weights of 0 add nothing [rows].
void entropies(const ConstRows &weights, float *to);

} // namespace encoderscope::kernels
