// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/heatmap_layout.h"
#include "ui/figures/viewpoint.h"

class QPainter;

namespace encoderscope
{

// What a heatmap and a grid of heatmaps paint alike.

/// The place in the matrix of what Hit and Emphasis call `index`; -1 when it is not shown.
int placeOf(const QList<int> &indices, int index);
int indexOf(const QList<int> &indices, int place);

/// What to call a row or column: its label and number.
QString rowName(const HeatmapData &data, int place);
QString columnName(const HeatmapData &data, int place);

/// "query 2 the · key 5 cat · attention weight 0.1234"
QString describeCell(const HeatmapData &data, int row, int column, double value);

/// Diagonal stripes over what is switched off, visible on every colour.
void paintHatching(QPainter &painter, const QRectF &area, const FigureStyle &style);

/// Rows and columns without values: hatched, on the background.
void paintMissing(QPainter &painter, const HeatmapData &data, const QRectF &area, const QRectF &visible,
                  const FigureStyle &style);

/// The edge of the cells that take part, where not all do: seen on every colour.
void paintReach(QPainter &painter, const HeatmapData &data, const QRectF &area, const QRectF &visible,
                const FigureStyle &style);

/// Outlines of the hovered and pinned rows and columns.
void paintEmphasis(QPainter &painter, const HeatmapData &data, const Emphasis &emphasis, const QRectF &area,
                   const QRectF &visible, const FigureStyle &style);

/// Labels beside the rows; those of emphasised rows are always there.
void paintRowLabels(QPainter &painter, const HeatmapData &data, const Emphasis &emphasis,
                    const HeatmapLayout &layout, const QRectF &visible, const FigureStyle &style);
void paintColumnLabels(QPainter &painter, const HeatmapData &data, const Emphasis &emphasis,
                       const HeatmapLayout &layout, const QRectF &visible, const FigureStyle &style);

} // namespace encoderscope
