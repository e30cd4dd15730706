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

// Nine samples of the viridis map at equal distances.
constexpr std::array<Stop, 9> viridis{{{68, 1, 84},
                                       {71, 44, 122},
                                       {59, 81, 139},
                                       {44, 113, 142},
                                       {33, 144, 141},
                                       {39, 173, 129},
                                       {92, 200, 99},
                                       {170, 220, 50},
                                       {253, 231, 37}}};
constexpr std::array<Stop, 5> blue_red{
    {{33, 102, 172}, {103, 169, 207}, {247, 247, 247}, {239, 138, 98}, {178, 24, 43}}};
constexpr std::array<Stop, 5> blue_red_dark{
    {{146, 197, 222}, {67, 147, 195}, {30, 32, 36}, {214, 96, 77}, {253, 196, 160}}};

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

} // namespace

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

QRgb ColourScale::colour(double value) const
{
    if (std::isnan(value))
        return qRgb(255, 0, 255);
    const double at = position(value);
    if (map == ColourMap::sequential)
        return interpolate(viridis, at);
    return dark ? interpolate(blue_red_dark, at) : interpolate(blue_red, at);
}

} // namespace encoderscope
