// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_switches.h"

namespace encoderscope
{

using Kind = MapPart::Kind;

bool switchOn(const Switches &switches, const MapPart &part, int layers)
{
    switch (part.kind) {
    case Kind::layer:
        return switches.layer(part.layer).on;
    case Kind::attention:
        return switches.layer(part.layer).attention;
    case Kind::feedForward:
        return switches.layer(part.layer).feed_forward;
    case Kind::head:
        return !switches.layer(part.layer).heads_off.contains(part.head);
    case Kind::headColumn:
        for (int layer = 0; layer < layers; ++layer) {
            if (!switches.layer(layer).heads_off.contains(part.head))
                return true;
        }
        return false;
    case Kind::positions:
        return switches.positions;
    case Kind::output:
    case Kind::embedding:
        break;
    }
    return true;
}

bool partOn(const Switches &switches, const MapPart &part, int layers)
{
    if (part.kind == Kind::head)
        return switches.head_on(part.layer, part.head);
    return switchOn(switches, part, layers) && (part.layer < 0 || switches.layer(part.layer).on);
}

} // namespace encoderscope
