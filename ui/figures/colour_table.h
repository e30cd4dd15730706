// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/colour_map.h"

#include <vector>

namespace encoderscope
{

/// The same colours as a scale's, for a picture of so many pixels: several times as fast where they are many.
class ColourTable
{
public:
    ColourTable(const ColourScale &scale, const Colouring &colouring, qint64 pixels);

    QRgb colour(double value) const;
    /// Not for few pixels: their colours are computed one by one.
    bool isMade() const { return !colours_.empty(); }

private:
    static constexpr int steps = 8192; ///< a power of 2: the maps' stops lie on ends of steps

    ColourScale scale_;
    Colouring colouring_;
    std::vector<QRgb> colours_; ///< from low to high; 0 where a step has several; perhaps empty
};

} // namespace encoderscope
