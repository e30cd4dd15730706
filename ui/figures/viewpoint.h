// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRectF>
#include <QString>

namespace encoderscope
{

/// What lies under a point of a figure: a cell, a point of a curve, a bar. Row and column are those of the
/// data (tokens, dimensions, neurons); -1 where the figure has none.
struct Hit {
    int row = -1;
    int column = -1;
    int panel = -1;           ///< which of the heatmaps of a grid, which series of a chart
    bool ofReference = false; ///< in the second of two figures side by side
    double value = 0.0;
    QString description; ///< for the tool tip and the status line: labels and the exact value

    bool operator==(const Hit &) const = default;
};

/// What is emphasised: rows and columns of the data under the pointer or pinned. -1 = none.
struct Emphasis {
    int hoveredRow = -1, hoveredColumn = -1;
    int pinnedRow = -1, pinnedColumn = -1;

    bool operator==(const Emphasis &) const = default;
};

/// How a view looks at a figure; nothing of it is in the figure.
struct Viewpoint {
    Emphasis emphasis;
    Emphasis reference = {}; ///< in the second of two figures side by side
    QRectF visibleCells;     ///< of a heatmap, in cells (x = column, y = row); null = all. Of both of two

    bool operator==(const Viewpoint &) const = default;
};

} // namespace encoderscope
