// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/colour_bar.h"
#include "ui/figures/figure_style.h"
#include "ui/figures/heatmap.h"

#include <QRectF>

namespace encoderscope
{

/// Where the parts of a heatmap go.
struct HeatmapLayout {
    QRectF cells;
    QRectF rowTitle, columnTitle;
    QRectF rowLabels, columnLabels;
    ColourBarPlace colourBar;
    bool verticalColumnLabels = false;
    QFont rowFont, columnFont; ///< smaller where cells are
};

/// Cells are square where rows and columns are the same things. `visible`: the part of the matrix shown.
HeatmapLayout heatmapLayout(const HeatmapData &data, const QRectF &body, const QRectF &visible,
                            const FigureStyle &style);

/// The body's size at which every label is readable; large matrices stay within a page-like size, where
/// labels thin out. With a `width`, the size of that width.
QSizeF naturalHeatmapSize(const HeatmapData &data, const QRectF &visible, const FigureStyle &style,
                          double width = 0.0);

} // namespace encoderscope
