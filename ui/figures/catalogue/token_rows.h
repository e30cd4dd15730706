// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"

namespace encoderscope
{

// What figures of tokens x something have in common.

/// Tokens x columns of `values` on a diverging scale.
HeatmapData tokenRows(const ComparedTrace &compared, Matrix values, const QString &columnTitle);
FigurePtr tokenRowsFigure(HeatmapData data, const QString &title, const QString &name, const QString &place);
/// The column title of d_model.
QString dimensionTitle();

/// One bar for each value of `values` [1 x n]; what is negative has a colour of its own.
FigurePtr vectorFigure(const RowVector &values, const QString &title, const QString &name,
                       const QString &place, const QString &valueTitle);

} // namespace encoderscope
