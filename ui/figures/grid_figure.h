// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/heatmap_figure.h"

namespace encoderscope
{

/// Small heatmaps side by side, such as every head of every layer, with one colour bar. Panels are row-major;
/// Hit::panel is the panel under the point.
class GridFigure : public Figure
{
public:
    GridFigure(std::vector<HeatmapData> panels, QStringList panelTitles, int panelsInARow);

    QSizeF naturalSize(const FigureStyle &style) const override;
    void paint(QPainter &painter, const QRectF &area, const FigureStyle &style) const override;
    Preparation preparation(const QRectF &area, double scale, const FigureStyle &style) const override;
    SlowFigure slowCopy(const std::function<void(int rows)> &asked) const override;
    std::optional<Hit> hit(const QPointF &point, const QRectF &area, const FigureStyle &style) const override;
    Table table() const override;
    QStringList tableColumns() const override;
    void visitRows(const std::function<void(const QVariantList &row)> &visit) const override;

private:
    std::vector<HeatmapData> panels_;
    QStringList panelTitles_;
    int panelsInARow_;
    std::vector<std::shared_ptr<CellRaster>> rasters_; ///< one a panel
};

/// One heatmap without labels, for thumbnails; hatched when it is switched off.
void paintThumbnail(QPainter &painter, const QRectF &area, const HeatmapData &data, const FigureStyle &style);

} // namespace encoderscope
