// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/encoder_config.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace encoderscope
{

/// The switches of one layer. What is off is still computed so that it can be looked at, but not passed on.
struct LayerSwitches {
    bool on = true;           ///< off: the layer passes its input through
    bool attention = true;    ///< off: the sublayer, with its residual and norm, passes its input through
    bool feed_forward = true; ///< the same for the FFN sublayer
    std::set<int>
        heads_off; ///< these heads contribute zeros to the concatenation; W_O and its bias still apply
    std::map<int, float> head_factors;   ///< what these heads' outputs are multiplied by before W_O
    std::map<int, float> neuron_factors; ///< the same for neurons of the FFN, after the activation
    std::vector<float> steering;         ///< added to every token's hidden state after the layer, if it is
                                         ///< on [d_model]; empty: nothing
    float steering_factor = 1.0F;        ///< what it is multiplied by

    /// What is left of a head's output on its way to W_O: 0 when it is off, 1 when nothing was said.
    float head_factor(int head) const;

    bool operator==(const LayerSwitches &) const = default;
};

/// What of the encoder is off or changed: an input of a run, next to the text and the model.
/// The default value changes nothing.
struct Switches {
    std::vector<LayerSwitches> layers; ///< layers past the end are all on
    bool positions = true; ///< off: no positional encoding is added (nor a relative position bias)
    std::optional<bool> embedding_scale;  ///< times sqrt(d_model) or not; unset: as the model says
    std::optional<Activation> activation; ///< another activation in every FFN; unset: the model's
    float temperature = 1.0F;             ///< scaled scores are divided by it before the softmax; above 0
    std::set<int> masked_tokens;          ///< as keys these get weight exactly 0, in every layer and head

    bool operator==(const Switches &) const = default;

    /// Switches of a layer, from 0; all on where nothing was said.
    const LayerSwitches &layer(int index) const;
    /// The same to change it; makes room for it first.
    LayerSwitches &layer(int index);
    /// False when the head, its sublayer or its layer is off.
    bool head_on(int layer, int head) const;
    /// True when the run differs from the plain model's.
    bool any() const;
};

} // namespace encoderscope
