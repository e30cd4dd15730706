// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "ui/figures/colour_map.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace encoderscope
{

/// What a heatmap shows. Values are asked for by rows, so that a large one computes only what is visible, and
/// from several threads at once.
struct HeatmapData {
    int rows = 0;
    int columns = 0;
    std::function<Matrix(int firstRow, int count)> values; ///< [count x columns]
    QStringList rowLabels;                                 ///< one a row, or empty: numbers from 0
    QStringList columnLabels;
    bool rowsNamed = false, columnsNamed = false; ///< the labels say all: no number goes before them
    QString rowTitle;                             ///< axis titles: "query", "token"
    QString columnTitle;
    QString valueTitle; ///< of the colour bar: "attention weight"
    ColourScale scale;
    bool switchedOff = false; ///< hatched
    bool clipped = false;     ///< values lie beyond the scale: the colour bar ends in arrows
    /// Only cells whose row and column, as Hit calls them, are at most so far apart take part: their edge is
    /// drawn; -1: all do.
    int reach = -1;
    QList<int> hatchedRows = {}, hatchedColumns = {}; ///< places of those that have no values
    /// What stands in a cell instead of its number, and beside it in its description; empty = nothing.
    std::function<QString(int row, int column)> cellText = {};
    /// What Hit and Emphasis call a row or column of `values`, when tokens are left out; empty = its place.
    QList<int> rowIndices, columnIndices;

    std::size_t size() const { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); }
};

/// Small heatmaps side by side, such as every head of every layer, with one colour bar. Panels are row-major;
/// Hit::panel is the panel under the point.
struct HeatmapGrid {
    std::vector<HeatmapData> panels = {};
    QStringList titles = {}; ///< one a panel
    int inARow = 1;
    /// What the rows and columns of panels are ("layer 1", "head 1"): beside and above them where the titles
    /// have no room. May be empty.
    QStringList rowNames = {}, columnNames = {};
};

/// Data that is all there already.
std::function<Matrix(int, int)> rowsOf(Matrix values);
/// `values`, but `asked` is called before with the number of rows.
std::function<Matrix(int, int)> watched(std::function<Matrix(int, int)> values,
                                        std::function<void(int rows)> asked);

} // namespace encoderscope
