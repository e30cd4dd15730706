// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <stop_token>

namespace encoderscope
{

/// PE(pos, 2i) = sin(pos / 10000^(2i/d_model)), PE(pos, 2i+1) = cos(pos / 10000^(2i/d_model)), pos from 0
/// ("Attention Is All You Need", section 3.5) [positions x d_model]. An odd d_model ends with a sine.
Matrix positional_encoding(int positions, int d_model);

/// After how many positions a dimension's curve repeats: 2 pi * 10000^(2i/d_model), i = dimension / 2.
double position_wavelength(int dimension, int d_model);

/// The input embedding: token rows, times sqrt(d_model), plus position, plus token type, normalized,
/// projected to d_model: each as the configuration and the switches say. May be left unfinished when `stop`
/// is requested.
EmbeddingTrace embed(const Model &model, const Encoding &encoding, const Switches &switches,
                     const std::stop_token &stop = {});

/// The rows of the embedding table [n x embedding_size].
Matrix token_rows(const Model &model, const Encoding &encoding);

/// The embedding from other token rows than those of the table: of any number of copies of the input, stacked
/// [copies * n x embedding_size].
EmbeddingTrace embed_rows(const Model &model, const Encoding &encoding, const Switches &switches, Matrix rows,
                          const std::stop_token &stop = {});

} // namespace encoderscope
