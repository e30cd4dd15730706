// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace encoderscope
{

constexpr double smallestInterfaceScale = 0.7;
constexpr double largestInterfaceScale = 2.5;

/// Makes all text of the interface, figures included, `scale` times as large as the desktop has it, within
/// the limits above. Widgets hear of it through QEvent::FontChange.
void applyInterfaceScale(double scale);
double interfaceScale();
/// The scale at which the interface's text is so many pixels high.
double scaleForPixels(double pixels);

} // namespace encoderscope
