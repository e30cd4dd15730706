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
    for (LayerSwitches &layer : switches.layers)
        layer.heads_off.erase(layer.heads_off.lower_bound(config.heads), layer.heads_off.end());
    return switches;
}

} // namespace encoderscope
