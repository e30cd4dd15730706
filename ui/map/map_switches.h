// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/switches.h"
#include "ui/map/map_layout.h"

namespace encoderscope
{

/// How the part's own switch stands, out of `layers` layers; true for parts without one.
bool switchOn(const Switches &switches, const MapPart &part, int layers);

/// False when the part, or what it lies in, is switched off.
bool partOn(const Switches &switches, const MapPart &part, int layers);

} // namespace encoderscope
