// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"

#include <QList>

namespace encoderscope
{

/// Rotary positions: each pair of dimensions of one token's query or key as a point, on its way from before
/// the rotation to after it. Null when the model does not turn them. Hit::panel / 2 is the place among
/// `pairs`.
FigurePtr rotationFigure(const ComparedTrace &compared, int layer, int head, int token, bool ofKey,
                         const QList<int> &pairs);

} // namespace encoderscope
