// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"

namespace encoderscope
{

/// The difference of two explanations of one number, of the run and of the reference: a heatmap or bars with
/// now − reference in each cell. Axes whose labels say all (heads, layers, methods) go by place, others by
/// aligned tokens; a token without a partner has no value and is hatched. Throws Error when the reference has
/// another number of layers.
FigurePtr explanationDifference(const Figure &now, const Figure &reference, const ComparedTrace &compared);

} // namespace encoderscope
