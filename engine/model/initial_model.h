// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

namespace encoderscope
{

/// Seeded initial weights for `config`: Xavier uniform for linear layers ("Understanding the difficulty of
/// training deep feedforward neural networks", equation 16), zero biases, gains of 1, embeddings with
/// deviation d_model^-0.5, a table of relative positions with deviation 1 (DeBERTa normalizes it). Heads that
/// share keys and relative biases (MPNet) are not made. The same seed gives the same weights on every
/// machine.
EncoderWeights initial_weights(const EncoderConfig &config, unsigned seed);

/// The default model's architecture with initial weights and a small vocabulary of letters, syllables and
/// frequent words: what an encoder is before it has learned anything.
ModelPtr untrained_model();

} // namespace encoderscope
