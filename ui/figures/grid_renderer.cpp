// SPDX-License-Identifier: GPL-3.0-or-later
// Paints small heatmaps side by side with one colour bar.
#include "ui/figures/cell_raster.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/content_renderer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/heatmap_geometry.h"
#include "ui/figures/heatmap_parts.h"
#include "ui/jobs/stopped.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double widestCellGap = 6.0;
constexpr double narrowestCellGap = 2.0;
constexpr double gridBarGap = 14.0;
constexpr double longestGridBar = 360.0;
constexpr double smallestPanel = 8.0;

QFont panelFont(const FigureStyle &style)
{
    return scaledFont(style.font, 0.78);
}

QFont cellTitleFont(const FigureStyle &style)
{
    return scaledFont(style.font, 0.9);
}

double wholeLineHeight(const QFont &font)
{
    return std::ceil(QFontMetricsF(font).height());
}

int panelsDown(const HeatmapGrid &grid)
{
    const int inARow = std::max(1, grid.inARow);
    return std::max(1, (static_cast<int>(grid.panels.size()) + inARow - 1) / inARow);
}

bool isSquareGrid(const HeatmapGrid &grid)
{
    return !grid.panels.empty() && grid.panels.front().rows == grid.panels.front().columns;
}

/// Where panels lie: equal tiles, each with its title above, or with the names of their row and column beside
/// and above all of them.
struct GridLayout {
    QRectF panels;
    QSizeF tile; ///< the gap included
    double gap = widestCellGap;
    bool titled = true;                       ///< each panel has its title
    double titleHeight = 0.0;                 ///< of one panel
    double nameWidth = 0.0, nameHeight = 0.0; ///< of the rows' and columns' names
    double axisBand = 0.0;                    ///< for the axis titles, left and above
    ColourBarPlace colourBar;
    int inARow = 1;

    QRectF cells(int panel) const
    {
        const QPointF corner(panels.left() + panel % inARow * tile.width(),
                             panels.top() + panel / inARow * tile.height());
        return {corner.x(), corner.y() + titleHeight, tile.width() - gap, tile.height() - gap - titleHeight};
    }
};

/// How wide the colour bar is beside the panels, with so much room for its title.
double barBeside(const HeatmapGrid &grid, double room, const FigureStyle &style)
{
    if (grid.panels.empty())
        return 0.0;
    const HeatmapData &first = grid.panels.front();
    return gridBarGap + colourBarWidth(first.scale, first.valueTitle, room, style);
}

/// The parts that do not depend on the height. The tile's height is that of square cells. `below`: the colour
/// bar is; else there is `room` for its title.
GridLayout layoutAcross(const HeatmapGrid &grid, double width, double room, const FigureStyle &style,
                        bool below)
{
    GridLayout layout;
    layout.inARow = std::max(1, grid.inARow);
    layout.axisBand = wholeLineHeight(cellTitleFont(style)) + 2.0;
    const double bar = below ? 0.0 : barBeside(grid, room, style);
    const double across = std::max(1.0, width - layout.axisBand - bar);
    const QFont font = panelFont(style);
    const double panel = across / layout.inARow - widestCellGap;
    layout.titled = grid.rowNames.isEmpty() || panel >= widestLabel(grid.titles, font);
    layout.titleHeight = layout.titled ? wholeLineHeight(font) : 0.0;
    if (!layout.titled) {
        layout.nameWidth = std::ceil(widestLabel(grid.rowNames, font)) + 4.0;
        layout.nameHeight = wholeLineHeight(font);
        layout.gap = std::clamp(panel / 8.0, narrowestCellGap, widestCellGap);
    }
    layout.panels.setWidth(std::max(1.0, across - layout.nameWidth));
    const double tile = (layout.panels.width() + layout.gap) / layout.inARow;
    layout.tile = QSizeF(tile, tile + layout.titleHeight);
    return layout;
}

GridLayout gridLayoutWith(const HeatmapGrid &grid, const QRectF &body, const FigureStyle &style, bool below)
{
    GridLayout layout = layoutAcross(grid, body.width(), body.height(), style, below);
    const int down = panelsDown(grid);
    const double barBelow = below ? gridBarGap + colourBarHeight(style) : 0.0;
    const double height = std::max(1.0, body.height() - layout.axisBand - layout.nameHeight - barBelow);
    layout.tile.setHeight((height + layout.gap) / down);
    if (isSquareGrid(grid)) {
        const double side = std::max(
            1.0, std::min(layout.tile.width(), layout.tile.height() - layout.titleHeight) - layout.gap);
        layout.tile = QSizeF(side + layout.gap, side + layout.gap + layout.titleHeight);
    }
    layout.panels = QRectF(
        body.left() + layout.axisBand + layout.nameWidth, body.top() + layout.axisBand + layout.nameHeight,
        layout.tile.width() * layout.inARow - layout.gap, layout.tile.height() * down - layout.gap);
    if (below) {
        layout.colourBar = {.area = QRectF(layout.panels.left(), layout.panels.bottom() + gridBarGap,
                                           std::min(std::max(layout.panels.width() - 8.0, 100.0),
                                                    body.right() - layout.panels.left()),
                                           colourBarHeight(style)),
                            .vertical = false};
    } else if (!grid.panels.empty()) {
        const double top = layout.panels.top() + layout.titleHeight;
        const double length = std::clamp(std::max(layout.panels.bottom() - top, 120.0), 0.0, longestGridBar);
        layout.colourBar = {.area = QRectF(layout.panels.right() + gridBarGap, top,
                                           barBeside(grid, body.height(), style) - gridBarGap,
                                           std::min(length, std::max(body.bottom() - top, 0.0))),
                            .top = body.top(),
                            .bottom = body.bottom()};
    }
    return layout;
}

/// Where the body is narrow, the colour bar stands where it leaves the panels more room.
GridLayout gridLayout(const HeatmapGrid &grid, const QRectF &body, const FigureStyle &style)
{
    const GridLayout beside = gridLayoutWith(grid, body, style, false);
    if (!narrow(body.width(), style))
        return beside;
    const GridLayout below = gridLayoutWith(grid, body, style, true);
    const auto room = [](const GridLayout &layout) {
        return layout.cells(0).width() * layout.cells(0).height();
    };
    return room(beside) > room(below) ? beside : below;
}

class GridRenderer : public ContentRenderer
{
public:
    explicit GridRenderer(const FigurePtr &figure)
        : ContentRenderer(figure)
        , grid_(std::get<HeatmapGrid>(figure->content))
    {
        for (std::size_t panel = 0; panel < grid_.panels.size(); ++panel)
            rasters_.push_back(std::make_shared<CellRaster>(CellRaster::mostValues / grid_.panels.size()));
    }

    QSizeF naturalSize(const Viewpoint &viewpoint, const FigureStyle &style, double width) const override;
    void paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
               const FigureStyle &style) override;
    std::optional<Hit> hit(const QPointF &point, const QRectF &body, const Viewpoint &viewpoint,
                           const FigureStyle &style) override;
    FigureRenderer::Preparation preparation(const QRectF &body, double scale, const Viewpoint &viewpoint,
                                            const FigureStyle &style) override;

private:
    void paintNames(QPainter &painter, const QRectF &body, const GridLayout &layout,
                    const FigureStyle &style) const;

    const HeatmapGrid &grid_;
    std::vector<std::shared_ptr<CellRaster>> rasters_; ///< one a panel
};

QSizeF GridRenderer::naturalSize(const Viewpoint &, const FigureStyle &style, double atWidth) const
{
    if (grid_.panels.empty())
        return {320.0, 120.0};
    const int down = panelsDown(grid_);
    const HeatmapData &first = grid_.panels.front();
    if (atWidth > 0.0) {
        const GridLayout layout = layoutAcross(grid_, atWidth, longestGridBar, style, narrow(atWidth, style));
        const double bar = narrow(atWidth, style) ? gridBarGap + colourBarHeight(style) : 0.0;
        const double panel = layout.tile.width() - layout.gap;
        const double tall =
            isSquareGrid(grid_) ? panel : std::clamp(panel * 0.7, smallestPanel, first.rows * 6.0);
        const double panels = down * (tall + layout.titleHeight + layout.gap) - layout.gap;
        return {atWidth,
                layout.axisBand + layout.nameHeight + std::max(panels, bar > 0.0 ? 0.0 : 140.0) + bar};
    }
    const int inARow = std::max(1, grid_.inARow);
    const double most = std::clamp(1200.0 / std::max(inARow, down), 64.0, 160.0);
    const double width = std::clamp(first.columns * 6.0, std::min(72.0, most), most);
    const double height =
        first.rows == first.columns ? width : std::clamp(first.rows * 6.0, 36.0, std::max(36.0, most));
    const double axisBand = wholeLineHeight(cellTitleFont(style)) + 2.0;
    return {axisBand + inARow * (width + widestCellGap) - widestCellGap +
                barBeside(grid_, longestGridBar, style),
            axisBand +
                std::max(down * (height + wholeLineHeight(panelFont(style)) + widestCellGap) - widestCellGap,
                         140.0)};
}

void GridRenderer::paintNames(QPainter &painter, const QRectF &body, const GridLayout &layout,
                              const FigureStyle &style) const
{
    painter.setFont(panelFont(style));
    painter.setPen(style.text);
    for (int index = 0; index < static_cast<int>(grid_.panels.size()); ++index) {
        const QRectF cells = layout.cells(index);
        if (layout.titled)
            paintLine(
                painter,
                QRectF(cells.left(), cells.top() - layout.titleHeight, cells.width(), layout.titleHeight),
                Qt::AlignLeft | Qt::AlignVCenter, grid_.titles.value(index));
    }
    if (!layout.titled) {
        // Every second name, or fewer, where names are larger than panels.
        const auto step = [](double name, double tile) {
            return std::max(1, static_cast<int>(std::ceil(name / tile)));
        };
        const int everyRow = step(layout.nameHeight, layout.tile.height());
        const int everyColumn =
            step(widestLabel(grid_.columnNames, painter.font()) + 3.0, layout.tile.width());
        for (int row = 0; row < panelsDown(grid_); row += everyRow) {
            const QRectF cells = layout.cells(row * layout.inARow);
            const double height = std::max(cells.height(), layout.nameHeight);
            paintLine(painter,
                      QRectF(body.left() + layout.axisBand, cells.center().y() - height / 2.0,
                             layout.nameWidth - 4.0, height),
                      Qt::AlignRight | Qt::AlignVCenter, grid_.rowNames.value(row));
        }
        for (int column = 0; column < layout.inARow; column += everyColumn) {
            const QRectF cells = layout.cells(column);
            const double width = std::max(cells.width(), layout.tile.width() * everyColumn);
            paintLine(painter,
                      QRectF(cells.center().x() - width / 2.0, layout.panels.top() - layout.nameHeight, width,
                             layout.nameHeight),
                      Qt::AlignHCenter | Qt::AlignVCenter, grid_.columnNames.value(column));
        }
    }
    const HeatmapData &first = grid_.panels.front();
    painter.setFont(cellTitleFont(style));
    painter.setPen(style.muted);
    const QString arrow = QStringLiteral(" →");
    if (!first.columnTitle.isEmpty())
        paintLine(painter, QRectF(layout.panels.left(), body.top(), layout.panels.width(), layout.axisBand),
                  Qt::AlignLeft | Qt::AlignTop, first.columnTitle + arrow);
    if (!first.rowTitle.isEmpty())
        paintLine(painter,
                  QRectF(body.left(), layout.panels.top() + layout.titleHeight, layout.axisBand,
                         layout.panels.height() - layout.titleHeight),
                  Qt::AlignRight | Qt::AlignTop, QStringLiteral("← ") + first.rowTitle, true);
}

void GridRenderer::paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
                         const FigureStyle &style)
{
    if (grid_.panels.empty())
        return;
    const GridLayout layout = gridLayout(grid_, body, style);
    for (std::size_t index = 0; index < grid_.panels.size(); ++index) {
        const HeatmapData &data = grid_.panels[index];
        const QRectF cells = layout.cells(static_cast<int>(index));
        if (data.size() == 0)
            continue;
        const QRectF visible(0.0, 0.0, data.columns, data.rows);
        rasters_[index]->paint(painter, data, cells, visible, style.colouring());
        paintMissing(painter, data, cells, visible, style);
        if (data.switchedOff)
            paintHatching(painter, cells, style);
        paintReach(painter, data, cells, visible, style);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(style.grid, 1.0));
        painter.drawRect(cells);
        if (cells.height() / data.rows >= 3.0)
            paintEmphasis(painter, data, viewpoint.emphasis, cells, visible, style);
    }
    paintNames(painter, body, layout, style);
    const HeatmapData &first = grid_.panels.front();
    if (!layout.colourBar.area.isEmpty())
        paintColourBar(painter, layout.colourBar, first.scale, first.valueTitle, first.clipped, style);
}

FigureRenderer::Preparation GridRenderer::preparation(const QRectF &body, double scale, const Viewpoint &,
                                                      const FigureStyle &style)
{
    struct Panel {
        std::shared_ptr<CellRaster> raster;
        const HeatmapData &data;
        CellRaster::Cut cut;
    };
    const GridLayout layout = gridLayout(grid_, body, style);
    std::vector<Panel> panels;
    std::size_t values = 0;
    for (std::size_t index = 0; index < grid_.panels.size(); ++index) {
        const HeatmapData &data = grid_.panels[index];
        const auto missing =
            rasters_[index]->missing(data, layout.cells(static_cast<int>(index)),
                                     QRectF(0.0, 0.0, data.columns, data.rows), scale, style.colouring());
        if (!missing)
            continue;
        values += missing->values;
        panels.push_back({rasters_[index], data, missing->cut});
    }
    if (values <= CellRaster::manyValues)
        return nullptr;
    return [figure = figure(), panels](const std::stop_token &stop) {
        for (const auto &[raster, data, cut] : panels) {
            throwIfStopped(stop);
            raster->prepare(data, cut, stop);
        }
    };
}

std::optional<Hit> GridRenderer::hit(const QPointF &point, const QRectF &body, const Viewpoint &,
                                     const FigureStyle &style)
{
    const GridLayout layout = gridLayout(grid_, body, style);
    for (std::size_t index = 0; index < grid_.panels.size(); ++index) {
        const HeatmapData &data = grid_.panels[index];
        const auto cell =
            cellAt(point, layout.cells(static_cast<int>(index)), QRectF(0.0, 0.0, data.columns, data.rows));
        if (!cell || cell->x() >= data.columns || cell->y() >= data.rows)
            continue;
        const double value = rasters_[index]->value(data, cell->y(), cell->x());
        return Hit{.row = indexOf(data.rowIndices, cell->y()),
                   .column = indexOf(data.columnIndices, cell->x()),
                   .panel = static_cast<int>(index),
                   .value = value,
                   .description = grid_.titles.value(static_cast<int>(index)) + QStringLiteral(" · ") +
                                  describeCell(data, cell->y(), cell->x(), value)};
    }
    return std::nullopt;
}

} // namespace

std::unique_ptr<ContentRenderer> gridRenderer(const FigurePtr &figure)
{
    return std::make_unique<GridRenderer>(figure);
}

} // namespace encoderscope
