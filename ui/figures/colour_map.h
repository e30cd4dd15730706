// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRgb>

namespace encoderscope
{

enum class ColourMap {
    sequential, ///< viridis: weights, shares, anything from a floor upwards
    diverging,  ///< blue - background - red around zero: signed values, differences
};

/// Value -> colour, the same for a heatmap and its colour bar. Not-a-number has a colour of its own.
struct ColourScale {
    ColourMap map = ColourMap::sequential;
    double low = 0.0;
    double high = 1.0;
    bool logarithmic = false; ///< sequential only: low and high above 0
    bool dark = false;        ///< the middle of a diverging map is the dark theme's background

    static ColourScale sequential(double low, double high);
    /// From -limit to limit, zero in the middle.
    static ColourScale diverging(double limit);

    /// Where `value` lies between low (0) and high (1), clamped.
    double position(double value) const;
    QRgb colour(double value) const;

    bool operator==(const ColourScale &) const = default;
};

} // namespace encoderscope
