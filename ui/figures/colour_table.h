// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/colour_map.h"

#include <array>

namespace encoderscope
{

/// The same colours as a scale's, several times as fast: for pictures of many pixels.
class ColourTable
{
public:
    ColourTable(const ColourScale &scale, const Colouring &colouring);

    QRgb colour(double value) const;

private:
    static constexpr int steps = 8192; ///< a power of 2: the maps' stops lie on ends of steps

    ColourScale scale_;
    Colouring colouring_;
    std::array<QRgb, steps> colours_; ///< from low to high; 0 where a step has several
};

} // namespace encoderscope
