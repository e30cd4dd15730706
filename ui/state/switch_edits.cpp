// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/switch_edits.h"

#include <utility>

namespace encoderscope
{

Switches withHeadToggled(Switches switches, int layer, int head)
{
    std::set<int> &off = switches.layer(layer).heads_off;
    if (off.erase(head) == 0)
        off.insert(head);
    return switches;
}

Switches withAttentionToggled(Switches switches, int layer)
{
    switches.layer(layer).attention = !switches.layer(layer).attention;
    return switches;
}

Switches withFeedForwardToggled(Switches switches, int layer)
{
    switches.layer(layer).feed_forward = !switches.layer(layer).feed_forward;
    return switches;
}

Switches withLayerToggled(Switches switches, int layer)
{
    switches.layer(layer).on = !switches.layer(layer).on;
    return switches;
}

Switches withPositionsToggled(Switches switches)
{
    switches.positions = !switches.positions;
    return switches;
}

Switches withHeadColumnToggled(Switches switches, const EncoderConfig &config, int head)
{
    bool anyOn = false;
    for (int layer = 0; layer < config.layers; ++layer)
        anyOn = anyOn || !std::as_const(switches).layer(layer).heads_off.contains(head);
    for (int layer = 0; layer < config.layers; ++layer) {
        if (anyOn)
            switches.layer(layer).heads_off.insert(head);
        else
            switches.layer(layer).heads_off.erase(head);
    }
    return switches;
}

Switches withHeadAlone(Switches switches, const EncoderConfig &config, int layer, int head)
{
    Switches alone = switches;
    for (int l = 0; l < config.layers; ++l) {
        std::set<int> &off = alone.layer(l).heads_off;
        off.clear();
        for (int h = 0; h < config.heads; ++h) {
            if (l != layer || h != head)
                off.insert(h);
        }
    }
    if (alone == switches) {
        for (LayerSwitches &one : alone.layers)
            one.heads_off.clear();
    }
    return alone;
}

Switches withLayerAlone(Switches switches, const EncoderConfig &config, int layer)
{
    Switches alone = switches;
    for (int l = 0; l < config.layers; ++l)
        alone.layer(l).on = l == layer;
    if (alone == switches) {
        for (LayerSwitches &one : alone.layers)
            one.on = true;
    }
    return alone;
}

Switches withHeadFactor(Switches switches, int layer, int head, float factor)
{
    LayerSwitches &one = switches.layer(layer);
    one.head_factors.erase(head);
    one.heads_off.erase(head);
    if (factor == 0.0F)
        one.heads_off.insert(head);
    else if (factor != 1.0F)
        one.head_factors[head] = factor;
    return switches;
}

Switches withNeuronFactor(Switches switches, int layer, int neuron, float factor)
{
    LayerSwitches &one = switches.layer(layer);
    one.neuron_factors.erase(neuron);
    if (factor != 1.0F)
        one.neuron_factors[neuron] = factor;
    return switches;
}

Switches withSteering(Switches switches, int layer, const std::vector<float> &vector, float factor)
{
    LayerSwitches &one = switches.layer(layer);
    one.steering = vector;
    one.steering_factor = vector.empty() ? 1.0F : factor;
    return switches;
}

std::vector<ScaledPart> scaledParts(const Switches &switches)
{
    using Kind = ScaledPart::Kind;
    std::vector<ScaledPart> parts;
    for (int layer = 0; layer < static_cast<int>(switches.layers.size()); ++layer) {
        const LayerSwitches &one = switches.layer(layer);
        for (const auto &[head, factor] : one.head_factors) {
            if (!one.heads_off.contains(head))
                parts.push_back({Kind::head, layer, head, factor});
        }
        for (const auto &[neuron, factor] : one.neuron_factors)
            parts.push_back({Kind::neuron, layer, neuron, factor});
        if (!one.steering.empty())
            parts.push_back({Kind::steering, layer, 0, one.steering_factor});
    }
    return parts;
}

Switches withFactor(const Switches &switches, const ScaledPart &part, float factor)
{
    switch (part.kind) {
    case ScaledPart::Kind::head:
        return withHeadFactor(switches, part.layer, part.index, factor);
    case ScaledPart::Kind::neuron:
        return withNeuronFactor(switches, part.layer, part.index, factor);
    case ScaledPart::Kind::steering:
        break;
    }
    return withSteering(switches, part.layer, switches.layer(part.layer).steering, factor);
}

Switches withoutScaling(const Switches &switches, const ScaledPart &part)
{
    return part.kind == ScaledPart::Kind::steering ? withSteering(switches, part.layer, {}, 1.0F)
                                                   : withFactor(switches, part, 1.0F);
}

Switches trimmed(Switches switches)
{
    while (!switches.layers.empty() && switches.layers.back() == LayerSwitches())
        switches.layers.pop_back();
    return switches;
}

Switches fittingSwitches(Switches switches, const EncoderConfig &config)
{
    if (switches.layers.size() > static_cast<std::size_t>(config.layers))
        switches.layers.resize(static_cast<std::size_t>(config.layers));
    for (LayerSwitches &layer : switches.layers) {
        layer.heads_off.erase(layer.heads_off.lower_bound(config.heads), layer.heads_off.end());
        layer.head_factors.erase(layer.head_factors.lower_bound(config.heads), layer.head_factors.end());
        layer.neuron_factors.erase(layer.neuron_factors.lower_bound(config.d_ff), layer.neuron_factors.end());
        if (std::ssize(layer.steering) != config.d_model)
            layer.steering.clear();
        if (layer.steering.empty())
            layer.steering_factor = 1.0F;
    }
    return switches;
}

} // namespace encoderscope
