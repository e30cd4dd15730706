// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/lens_maps.h"
#include "engine/forward/trace.h"

#include <optional>
#include <stop_token>

namespace encoderscope
{

/// The masked-word head on the hidden states of every layer (the "logit lens"). It was only trained for the
/// last one: what it says of early layers is a reading, not a prediction. Row 0 is the embedding's output,
/// row 1 + k the hidden state after layer k [layers + 1 x n].
struct Lens {
    Eigen::MatrixXi best;     ///< id of the likeliest piece
    Matrix best_probability;  ///< softmax over the whole vocabulary
    Matrix piece_probability; ///< of the piece asked for; empty without one
    Eigen::MatrixXi rank;     ///< how many pieces are likelier than it; empty without one
};

/// With `maps`, what the head reads of early layers is first mapped to the last one. Throws Error when the
/// model has no masked-word head or no such piece. Empty when stopped.
Lens lens(const Trace &trace, std::optional<int> piece = {}, const LensMaps *maps = nullptr,
          const std::stop_token &stop = {}, const OnProgress &progress = {});

} // namespace encoderscope
