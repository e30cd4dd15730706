// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colour_table.h"

#include <algorithm>
#include <cmath>

namespace encoderscope
{

ColourTable::ColourTable(const ColourScale &scale, const Colouring &colouring, qint64 pixels)
    : scale_(scale)
    , colouring_(colouring)
{
    if (pixels < 2 * steps) // making it would take longer
        return;
    colours_.resize(steps);
    // Between two stops each component only rises or only falls: what both ends of a step have, all of it
    // has.
    const ColourScale positions{.map = scale.map};
    QRgb begin = positions.colour(0.0, colouring);
    for (int step = 0; step < steps; ++step) {
        const QRgb end = positions.colour((step + 1.0) / steps, colouring);
        colours_[static_cast<std::size_t>(step)] = begin == end ? begin : 0;
        begin = end;
    }
}

QRgb ColourTable::colour(double value) const
{
    if (colours_.empty() || !std::isfinite(value))
        return scale_.colour(value, colouring_);
    const double step = std::min(scale_.position(value) * steps, steps - 1.0);
    const QRgb known = colours_[static_cast<std::size_t>(step)];
    return known != 0 ? known : scale_.colour(value, colouring_);
}

} // namespace encoderscope
