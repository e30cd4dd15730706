// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"

#include <stop_token>

namespace encoderscope
{

/// Two small feed-forward networks, without and with an activation between their layers, after so many steps
/// of training on a problem that no straight line solves: which side of the plane each takes for which kind.
/// Throws Stopped.
FigurePtr separationFigure(int steps, const std::stop_token &stop);

} // namespace encoderscope
