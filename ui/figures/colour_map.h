// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRgb>
#include <QString>

#include <span>

namespace encoderscope
{

enum class ColourMap {
    sequential, ///< weights, shares, anything from a floor upwards
    diverging,  ///< around zero: signed values, differences
};

/// The colours of both maps. All can be told apart by colour-blind readers; greys also on paper without
/// colours.
enum class Palette {
    viridis, ///< viridis, and blue - background - red
    cividis, ///< cividis, and blue - background - orange
    magma,   ///< magma, and green - background - purple
    greys,   ///< white to black; signed values from white over grey to black
};
/// In the order of Palette: names for files, settings and the command line.
std::span<const char *const> paletteNames();

/// How values become colours in a picture: its theme and palette.
struct Colouring {
    bool dark = false; ///< the middle of a diverging map is the dark theme's background
    Palette palette = Palette::viridis;

    bool operator==(const Colouring &) const = default;
};

// What is not a number and what is infinite have colours of their own, which no palette has.
constexpr QRgb notANumberColour = 0xffff00ff;
constexpr QRgb infiniteColour = 0xff00ffff;

/// Value -> colour, the same for a heatmap and its colour bar.
struct ColourScale {
    ColourMap map = ColourMap::sequential;
    double low = 0.0;
    double high = 1.0;
    bool logarithmic = false; ///< sequential only: low and high above 0

    static ColourScale sequential(double low, double high);
    /// From -limit to limit, zero in the middle.
    static ColourScale diverging(double limit);

    /// Where `value` lies between low (0) and high (1), clamped.
    double position(double value) const;
    QRgb colour(double value, const Colouring &colouring = {}) const;

    bool operator==(const ColourScale &) const = default;
};

} // namespace encoderscope
