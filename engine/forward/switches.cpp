// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/switches.h"

#include <algorithm>

namespace encoderscope
{

float LayerSwitches::head_factor(int head) const
{
    if (heads_off.contains(head))
        return 0.0F;
    const auto factor = head_factors.find(head);
    return factor == head_factors.end() ? 1.0F : factor->second;
}

const LayerSwitches &Switches::layer(int index) const
{
    static const LayerSwitches all_on;
    const auto at = static_cast<std::size_t>(index);
    return at < layers.size() ? layers[at] : all_on;
}

LayerSwitches &Switches::layer(int index)
{
    const auto at = static_cast<std::size_t>(index);
    if (at >= layers.size())
        layers.resize(at + 1);
    return layers[at];
}

bool Switches::head_on(int layer_index, int head) const
{
    const LayerSwitches &switches = layer(layer_index);
    return switches.on && switches.attention && !switches.heads_off.contains(head);
}

bool Switches::any() const
{
    const bool layer_changed = std::any_of(
        layers.begin(), layers.end(), [](const LayerSwitches &layer) { return layer != LayerSwitches(); });
    return layer_changed || !positions || embedding_scale || activation || temperature != 1.0F ||
           !masked_tokens.empty();
}

} // namespace encoderscope
