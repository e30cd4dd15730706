// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"

namespace encoderscope
{

/// The two with one colour scale and one range of values on their axes, as far as they are of one kind; a
/// scale with a logarithm, or for signed values, only with one that has it too.
void shareScales(FigurePtr &now, FigurePtr &reference);

} // namespace encoderscope
