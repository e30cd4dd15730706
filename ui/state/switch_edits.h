// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/switches.h"

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

/// The same without layers at the end that nothing was said about: so that equal switches compare equal.
Switches trimmed(Switches switches);

/// Those of `switches` that a model with that configuration has.
Switches fittingSwitches(Switches switches, const EncoderConfig &config);

} // namespace encoderscope
