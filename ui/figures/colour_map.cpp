// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colour_map.h"

#include <QColor>

#include <algorithm>
#include <array>
#include <cmath>

namespace encoderscope
{

namespace
{

struct Stop {
    double red, green, blue;
};
using Stops = std::array<Stop, 9>;

// Nine samples at equal distances of the maps viridis, cividis and magma of matplotlib (CC0), and of
// ColorBrewer's diverging schemes with the background in the middle.
constexpr Stops viridis{{{68, 1, 84},
                         {71, 44, 122},
                         {59, 81, 139},
                         {44, 113, 142},
                         {33, 144, 141},
                         {39, 173, 129},
                         {92, 200, 99},
                         {170, 220, 50},
                         {253, 231, 37}}};
constexpr Stops cividis{{{0, 34, 78},
                         {26, 56, 111},
                         {64, 78, 108},
                         {93, 101, 111},
                         {124, 123, 120},
                         {155, 147, 119},
                         {188, 173, 109},
                         {222, 200, 91},
                         {254, 232, 56}}};
constexpr Stops magma{{{0, 0, 4},
                       {28, 16, 68},
                       {79, 18, 123},
                       {129, 37, 129},
                       {181, 54, 122},
                       {229, 80, 100},
                       {251, 135, 97},
                       {254, 194, 135},
                       {252, 253, 191}}};
constexpr Stops greys{{{255, 255, 255},
                       {230, 230, 230},
                       {204, 204, 204},
                       {176, 176, 176},
                       {147, 147, 147},
                       {117, 117, 117},
                       {85, 85, 85},
                       {51, 51, 51},
                       {10, 10, 10}}};

constexpr Stop light_middle{247, 247, 247};
constexpr Stop dark_middle{30, 32, 36};

/// From the least value to the greatest: an end, half-way to the middle, the middle, and back.
using Arms = std::array<Stop, 5>;
constexpr Arms blue_red{{{33, 102, 172}, {103, 169, 207}, light_middle, {239, 138, 98}, {178, 24, 43}}};
constexpr Arms blue_red_dark{{{146, 197, 222}, {67, 147, 195}, dark_middle, {214, 96, 77}, {253, 196, 160}}};
constexpr Arms blue_orange{{{5, 48, 97}, {90, 140, 190}, light_middle, {241, 163, 64}, {179, 88, 6}}};
constexpr Arms blue_orange_dark{
    {{160, 200, 240}, {60, 120, 185}, dark_middle, {214, 130, 40}, {254, 217, 150}}};
constexpr Arms green_purple{{{27, 120, 55}, {127, 191, 123}, light_middle, {175, 141, 195}, {118, 42, 131}}};
constexpr Arms green_purple_dark{
    {{166, 219, 160}, {70, 150, 90}, dark_middle, {150, 95, 170}, {216, 190, 228}}};

template <std::size_t count>
QRgb interpolate(const std::array<Stop, count> &stops, double position)
{
    const double at = position * (count - 1);
    const auto below = std::min(static_cast<std::size_t>(at), count - 2);
    const double part = at - static_cast<double>(below);
    const auto mix = [part](double a, double b) { return static_cast<int>(a + (b - a) * part + 0.5); };
    const Stop &a = stops[below];
    const Stop &b = stops[below + 1];
    return qRgb(mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue));
}

const Stops &sequentialStops(Palette palette)
{
    switch (palette) {
    case Palette::cividis:
        return cividis;
    case Palette::magma:
        return magma;
    case Palette::greys:
        return greys;
    case Palette::viridis:
        break;
    }
    return viridis;
}

const Arms &divergingArms(const Colouring &colouring)
{
    switch (colouring.palette) {
    case Palette::cividis:
        return colouring.dark ? blue_orange_dark : blue_orange;
    case Palette::magma:
        return colouring.dark ? green_purple_dark : green_purple;
    default:
        break;
    }
    return colouring.dark ? blue_red_dark : blue_red;
}

} // namespace

std::span<const char *const> paletteNames()
{
    static constexpr std::array names{"viridis", "cividis", "magma", "greys"};
    return names;
}

ColourScale ColourScale::sequential(double low, double high)
{
    return {.map = ColourMap::sequential, .low = low, .high = high};
}

ColourScale ColourScale::diverging(double limit)
{
    return {.map = ColourMap::diverging, .low = -limit, .high = limit};
}

double ColourScale::position(double value) const
{
    if (!(high > low))
        return map == ColourMap::diverging ? 0.5 : 0.0;
    if (logarithmic)
        return std::clamp(std::log(std::max(value, low) / low) / std::log(high / low), 0.0, 1.0);
    return std::clamp((value - low) / (high - low), 0.0, 1.0);
}

QRgb ColourScale::colour(double value, const Colouring &colouring) const
{
    if (std::isnan(value))
        return notANumberColour;
    if (std::isinf(value))
        return infiniteColour;
    const double at = position(value);
    if (map == ColourMap::sequential || colouring.palette == Palette::greys)
        return interpolate(sequentialStops(colouring.palette), at);
    return interpolate(divergingArms(colouring), at);
}

} // namespace encoderscope
