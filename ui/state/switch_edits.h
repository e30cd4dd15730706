// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/switches.h"

#include <vector>

namespace encoderscope
{

// What the switches are after one of the things that a user does to them. Layers and heads from 0.

Switches withHeadToggled(Switches switches, int layer, int head);
Switches withAttentionToggled(Switches switches, int layer);
Switches withFeedForwardToggled(Switches switches, int layer);
Switches withLayerToggled(Switches switches, int layer);
Switches withPositionsToggled(Switches switches);
/// Every head of that index, in all layers: off when any of them was on.
Switches withHeadColumnToggled(Switches switches, const EncoderConfig &config, int head);
/// All other heads of the model off; when they are: all on again.
Switches withHeadAlone(Switches switches, const EncoderConfig &config, int layer, int head);
/// All other layers off; when they are: all on again.
Switches withLayerAlone(Switches switches, const EncoderConfig &config, int layer);

// What is scaled or steered. A factor of 1 changes nothing.

/// A head's output times a factor; 0 is the head's switch.
Switches withHeadFactor(Switches switches, int layer, int head, float factor);
/// A neuron's activation times a factor.
Switches withNeuronFactor(Switches switches, int layer, int neuron, float factor);
/// A vector times a factor, added to every token's hidden state after the layer, instead of the one before;
/// empty: none.
Switches withSteering(Switches switches, int layer, const std::vector<float> &vector, float factor);

/// A head or neuron with its factor, or what is added after a layer.
struct ScaledPart {
    enum class Kind { head, neuron, steering };
    Kind kind = Kind::head;
    int layer = 0;
    int index = 0; ///< the head or neuron
    float factor = 1.0F;

    bool operator==(const ScaledPart &) const = default;
};
/// All that is scaled or steered, by layers; heads that are off are not among them.
std::vector<ScaledPart> scaledParts(const Switches &switches);
/// Another factor for one of them. Of what steers 0 keeps the vector: it can be turned up again.
Switches withFactor(const Switches &switches, const ScaledPart &part, float factor);
/// Without it: as it was before it was scaled or steered.
Switches withoutScaling(const Switches &switches, const ScaledPart &part);

/// The same without layers at the end that nothing was said about: so that equal switches compare equal.
Switches trimmed(Switches switches);

/// Those of `switches` that a model with that configuration has.
Switches fittingSwitches(Switches switches, const EncoderConfig &config);

} // namespace encoderscope
