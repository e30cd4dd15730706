// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <vector>

namespace encoderscope
{

/// Lengths (Euclidean norms) along the way of each token through the encoder.
struct SublayerContributions {
    Matrix attention;    ///< of what the attention sublayer added; 0 where it is off [layers x tokens]
    Matrix feed_forward; ///< of what the FFN sublayer added; 0 where it is off [layers x tokens]
    Matrix hidden;       ///< of the hidden state; row 0: the embedding's output [layers + 1 x tokens]
};

SublayerContributions sublayer_contributions(const Trace &trace);

struct Neuron {
    int index = 0;
    float value = 0.0F; ///< after the activation

    bool operator==(const Neuron &) const = default;
};

/// The neurons of a layer's FFN whose activation of `token` is farthest from 0, strongest first; the lower
/// index first among equals.
std::vector<Neuron> strongest_neurons(const Trace &trace, int layer, int token, int count);

/// The share of a layer's neurons whose activation is above 0, for each token [tokens x 1].
Matrix active_share(const Trace &trace, int layer);

} // namespace encoderscope
