// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/grid_figure.h"

#include "ui/figures/cell_raster.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/heatmap_geometry.h"
#include "ui/figures/heatmap_parts.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double panelGap = 6.0;
constexpr double barGap = 14.0;

QFont panelFont(const FigureStyle &style)
{
    return scaledFont(style.font, 0.78);
}

/// Where panels lie: equal tiles, each a title line above square or stretched cells.
struct GridLayout {
    QRectF panels;
    QSizeF tile; ///< the gap included
    double titleHeight = 0.0;
    double axisBand = 0.0; ///< for the axis titles, left and above
    QRectF colourBar;
    int inARow = 1;

    QRectF cells(int panel) const
    {
        const QPointF corner(panels.left() + panel % inARow * tile.width(),
                             panels.top() + panel / inARow * tile.height());
        return {corner.x(), corner.y() + titleHeight, tile.width() - panelGap,
                tile.height() - panelGap - titleHeight};
    }
};

GridLayout gridLayout(const std::vector<HeatmapData> &panels, int inARow, const QRectF &body,
                      const FigureStyle &style)
{
    GridLayout layout;
    layout.inARow = std::max(1, inARow);
    const int down = (static_cast<int>(panels.size()) + layout.inARow - 1) / layout.inARow;
    layout.titleHeight = std::ceil(QFontMetricsF(panelFont(style)).height());
    layout.axisBand = std::ceil(QFontMetricsF(scaledFont(style.font, 0.9)).height()) + 2.0;
    double bar = barGap + colourBarWidth(style);
    if (body.width() < 3.0 * bar)
        bar = 0.0;
    const double width = std::max(1.0, body.width() - layout.axisBand - bar + panelGap);
    const double height = std::max(1.0, body.height() - layout.axisBand + panelGap);
    QSizeF tile(width / layout.inARow, height / std::max(1, down));
    if (!panels.empty() && panels.front().rows == panels.front().columns) {
        const double side =
            std::max(1.0, std::min(tile.width(), tile.height() - layout.titleHeight) - panelGap);
        tile = QSizeF(side + panelGap, side + panelGap + layout.titleHeight);
    }
    layout.tile = tile;
    layout.panels =
        QRectF(body.left() + layout.axisBand, body.top() + layout.axisBand,
               tile.width() * layout.inARow - panelGap, tile.height() * std::max(1, down) - panelGap);
    if (bar > 0.0) {
        const double top = layout.panels.top() + layout.titleHeight;
        layout.colourBar = QRectF(layout.panels.right() + barGap, top, bar - barGap,
                                  std::clamp(layout.panels.bottom() - top, 0.0, 360.0));
    }
    return layout;
}

} // namespace

GridFigure::GridFigure(std::vector<HeatmapData> panels, QStringList panelTitles, int panelsInARow)
    : panels_(std::move(panels))
    , panelTitles_(std::move(panelTitles))
    , panelsInARow_(panelsInARow)
{
    for (std::size_t panel = 0; panel < panels_.size(); ++panel)
        rasters_.push_back(std::make_shared<CellRaster>(CellRaster::mostValues / panels_.size()));
}

QSizeF GridFigure::naturalSize(const FigureStyle &style) const
{
    if (panels_.empty())
        return framedSize(*this, QSizeF(320.0, 120.0), style);
    const int inARow = std::max(1, panelsInARow_);
    const int down = (static_cast<int>(panels_.size()) + inARow - 1) / inARow;
    const HeatmapData &first = panels_.front();
    const double most = std::clamp(1200.0 / std::max(inARow, down), 64.0, 160.0);
    const double width = std::clamp(first.columns * 6.0, std::min(72.0, most), most);
    const double height =
        first.rows == first.columns ? width : std::clamp(first.rows * 6.0, 36.0, std::max(36.0, most));
    const double titleHeight = std::ceil(QFontMetricsF(panelFont(style)).height());
    const double axisBand = std::ceil(QFontMetricsF(scaledFont(style.font, 0.9)).height()) + 2.0;
    const QSizeF body(axisBand + inARow * (width + panelGap) - panelGap + barGap + colourBarWidth(style),
                      axisBand + std::max(down * (height + titleHeight + panelGap) - panelGap, 140.0));
    return framedSize(*this, body, style);
}

void GridFigure::paint(QPainter &painter, const QRectF &area, const FigureStyle &style) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = paintFrame(painter, *this, area, style);
    const GridLayout layout = gridLayout(panels_, panelsInARow_, body, style);
    for (std::size_t index = 0; index < panels_.size(); ++index) {
        const HeatmapData &data = panels_[index];
        const QRectF cells = layout.cells(static_cast<int>(index));
        if (data.rows == 0 || data.columns == 0)
            continue;
        const QRectF visible(0.0, 0.0, data.columns, data.rows);
        rasters_[index]->paint(painter, data, cells, visible, style.theme == Theme::dark);
        if (data.switchedOff)
            paintHatching(painter, cells, style);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(style.grid, 1.0));
        painter.drawRect(cells);
        if (cells.height() / data.rows >= 3.0)
            paintEmphasis(painter, data, emphasis, cells, visible, style);
        painter.setFont(panelFont(style));
        painter.setPen(style.text);
        paintLine(painter,
                  QRectF(cells.left(), cells.top() - layout.titleHeight, cells.width(), layout.titleHeight),
                  Qt::AlignLeft | Qt::AlignVCenter, panelTitles_.value(static_cast<int>(index)));
    }
    if (!panels_.empty()) {
        const HeatmapData &first = panels_.front();
        painter.setFont(scaledFont(style.font, 0.9));
        painter.setPen(style.muted);
        const QString arrow = QStringLiteral(" →");
        if (!first.columnTitle.isEmpty())
            paintLine(painter,
                      QRectF(layout.panels.left(), body.top(), layout.panels.width(), layout.axisBand),
                      Qt::AlignLeft | Qt::AlignTop, first.columnTitle + arrow);
        if (!first.rowTitle.isEmpty())
            paintLine(painter,
                      QRectF(body.left(), layout.panels.top() + layout.titleHeight, layout.axisBand,
                             layout.panels.height() - layout.titleHeight),
                      Qt::AlignRight | Qt::AlignTop, QStringLiteral("← ") + first.rowTitle, true);
        if (!layout.colourBar.isEmpty())
            paintColourBar(painter, layout.colourBar, first.scale, first.valueTitle, first.clipped, style);
    }
    painter.restore();
}

Figure::Preparation GridFigure::preparation(const QRectF &area, double scale, const FigureStyle &style) const
{
    struct Panel {
        std::shared_ptr<CellRaster> raster;
        HeatmapData data;
        CellRaster::Cut cut;
    };
    const GridLayout layout = gridLayout(panels_, panelsInARow_, figureFrame(*this, area, style).body, style);
    std::vector<Panel> panels;
    std::size_t values = 0;
    for (std::size_t index = 0; index < panels_.size(); ++index) {
        const HeatmapData &data = panels_[index];
        const auto missing = rasters_[index]->missing(data, layout.cells(static_cast<int>(index)),
                                                      QRectF(0.0, 0.0, data.columns, data.rows), scale,
                                                      style.theme == Theme::dark);
        if (!missing)
            continue;
        values += missing->values;
        panels.push_back({rasters_[index], data, missing->cut});
    }
    if (values <= CellRaster::manyValues)
        return nullptr;
    return [panels](const std::stop_token &stop) {
        for (const auto &[raster, data, cut] : panels)
            raster->prepare(data, cut, stop);
    };
}

SlowFigure GridFigure::slowCopy(const std::function<void(int rows)> &asked) const
{
    int rows = 0;
    std::size_t values = 0;
    for (const HeatmapData &data : panels_) {
        rows += data.rows;
        values += data.size();
    }
    if (values <= CellRaster::manyValues)
        return {};
    std::vector<HeatmapData> panels = panels_;
    for (HeatmapData &data : panels)
        data.values = watched(std::move(data.values), asked);
    auto copy = std::make_shared<GridFigure>(std::move(panels), panelTitles_, panelsInARow_);
    static_cast<Figure &>(*copy) = *this;
    return {copy, rows};
}

std::optional<Hit> GridFigure::hit(const QPointF &point, const QRectF &area, const FigureStyle &style) const
{
    const QRectF body = figureFrame(*this, area, style).body;
    const GridLayout layout = gridLayout(panels_, panelsInARow_, body, style);
    for (std::size_t index = 0; index < panels_.size(); ++index) {
        const HeatmapData &data = panels_[index];
        const auto cell =
            cellAt(point, layout.cells(static_cast<int>(index)), QRectF(0.0, 0.0, data.columns, data.rows));
        if (!cell || cell->x() >= data.columns || cell->y() >= data.rows)
            continue;
        const double value = rasters_[index]->value(data, cell->y(), cell->x());
        return Hit{.row = indexOf(data.rowIndices, cell->y()),
                   .column = indexOf(data.columnIndices, cell->x()),
                   .panel = static_cast<int>(index),
                   .value = value,
                   .description = panelTitles_.value(static_cast<int>(index)) + QStringLiteral(" · ") +
                                  describeCell(data, cell->y(), cell->x(), value)};
    }
    return std::nullopt;
}

QStringList GridFigure::tableColumns() const
{
    QStringList columns{QStringLiteral("panel")};
    if (!panels_.empty())
        columns += HeatmapFigure(panels_.front()).tableColumns();
    return columns;
}

void GridFigure::visitRows(const std::function<void(const QVariantList &row)> &visit) const
{
    for (std::size_t index = 0; index < panels_.size(); ++index) {
        const QVariant panel = panelTitles_.value(static_cast<int>(index));
        HeatmapFigure(panels_[index]).visitRows([&](const QVariantList &row) {
            visit(QVariantList{panel} + row);
        });
    }
}

Table GridFigure::table() const
{
    Table table;
    table.columns = tableColumns();
    visitRows([&table](const QVariantList &row) { table.rows.push_back(row); });
    return table;
}

void paintThumbnail(QPainter &painter, const QRectF &area, const HeatmapData &data, const FigureStyle &style)
{
    if (data.rows == 0 || data.columns == 0 || area.isEmpty())
        return;
    CellRaster raster;
    raster.paint(painter, data, area, QRectF(0.0, 0.0, data.columns, data.rows), style.theme == Theme::dark);
    if (data.switchedOff)
        paintHatching(painter, area, style);
}

} // namespace encoderscope
