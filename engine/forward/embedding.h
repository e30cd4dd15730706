// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

namespace encoderscope
{

/// PE(pos, 2i) = sin(pos / 10000^(2i/d_model)), PE(pos, 2i+1) = cos(pos / 10000^(2i/d_model)), pos from 0
/// ("Attention Is All You Need", section 3.5) [positions x d_model]. An odd d_model ends with a sine.
Matrix positional_encoding(int positions, int d_model);

/// After how many positions a dimension's curve repeats: 2 pi * 10000^(2i/d_model), i = dimension / 2.
double position_wavelength(int dimension, int d_model);

/// The input embedding: token rows, times sqrt(d_model), plus position, plus token type, normalized,
/// projected to d_model: each as the configuration and the switches say.
EmbeddingTrace embed(const Model &model, const Encoding &encoding, const Switches &switches);

} // namespace encoderscope
