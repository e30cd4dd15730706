// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "ui/figures/colour_map.h"
#include "ui/figures/figure.h"

#include <QImage>

#include <functional>

namespace encoderscope
{

/// What a heatmap shows. Values are asked for by rows, so that a large one computes only what is visible.
struct HeatmapData {
    int rows = 0;
    int columns = 0;
    std::function<Matrix(int firstRow, int count)> values; ///< [count x columns]
    QStringList rowLabels;                                 ///< one a row, or empty: numbers from 0
    QStringList columnLabels;
    QString rowTitle; ///< axis titles: "query", "token"
    QString columnTitle;
    QString valueTitle; ///< of the colour bar: "attention weight"
    ColourScale scale;
    bool switchedOff = false; ///< hatched
    bool clipped = false;     ///< values lie beyond the scale: the colour bar ends in arrows
    /// What Hit and Emphasis call a row or column of `values`, when tokens are left out; empty = its place.
    QList<int> rowIndices, columnIndices;

    std::size_t size() const { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); }
};

class CellRaster;

/// Data that is all there already.
std::function<Matrix(int, int)> rowsOf(Matrix values);
/// `values`, but `asked` is called before with the number of rows.
std::function<Matrix(int, int)> watched(std::function<Matrix(int, int)> values,
                                        std::function<void(int rows)> asked);

/// A heatmap with row and column labels, axis titles and a colour bar. Labels thin out where there is no
/// room.
class HeatmapFigure : public Figure
{
public:
    explicit HeatmapFigure(HeatmapData data);

    const HeatmapData &data() const { return data_; }
    /// The part of the matrix to show, in cells (x = column, y = row); null = all of it.
    void setVisibleCells(const QRectF &cells);
    QRectF visibleCells() const;
    /// Where the cells are painted when the figure is painted into `area`.
    QRectF cellArea(const QRectF &area, const FigureStyle &style) const;

    /// The whole matrix in at most `pixels`; where it has more rows than that, of each that share a pixel
    /// the first.
    QImage overview(const QSize &pixels, const FigureStyle &style) const;

    QSizeF naturalSize(const FigureStyle &style) const override;
    void paint(QPainter &painter, const QRectF &area, const FigureStyle &style) const override;
    Preparation preparation(const QRectF &area, double scale, const FigureStyle &style) const override;
    SlowFigure slowCopy(const std::function<void(int rows)> &asked) const override;
    std::optional<Hit> hit(const QPointF &point, const QRectF &area, const FigureStyle &style) const override;
    Table table() const override;
    QStringList tableColumns() const override;
    void visitRows(const std::function<void(const QVariantList &row)> &visit) const override;

private:
    HeatmapData data_;
    QRectF visible_;
    std::shared_ptr<CellRaster> raster_; ///< values and picture of the last paint
};

} // namespace encoderscope
