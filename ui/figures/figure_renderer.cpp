// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_renderer.h"

#include "ui/figures/cell_raster.h"
#include "ui/figures/content_renderer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/heatmap_layout.h"

#include <QPainter>

#include <algorithm>

namespace encoderscope
{

namespace
{

std::unique_ptr<ContentRenderer> rendererFor(const FigurePtr &figure)
{
    struct Choice {
        const FigurePtr &figure;
        auto operator()(const HeatmapData &) const { return heatmapRenderer(figure); }
        auto operator()(const HeatmapGrid &) const { return gridRenderer(figure); }
        auto operator()(const ChartData &) const { return chartRenderer(figure); }
        auto operator()(const BarsData &) const { return barsRenderer(figure); }
        auto operator()(const TokenLines &) const { return tokenLinesRenderer(figure); }
        auto operator()(const TableData &) const { return tableRenderer(figure); }
        auto operator()(const WorkedSteps &) const { return stepsRenderer(figure); }
        auto operator()(const SideBySide &) const { return sideBySideRenderer(figure); }
    };
    return figure ? std::visit(Choice{figure}, figure->content) : nullptr;
}

QSizeF cellsOf(const FigurePtr &figure)
{
    if (!figure)
        return {};
    if (const SideBySide *pair = figure->pair()) {
        const QSizeF now = cellsOf(pair->now);
        const QSizeF reference = cellsOf(pair->reference);
        return now.isEmpty() ? reference : now.expandedTo(reference);
    }
    const HeatmapData *map = figure->heatmap();
    return map ? QSizeF(map->columns, map->rows) : QSizeF();
}

} // namespace

bool needsGuiThread(const Figure &figure)
{
    if (const SideBySide *pair = figure.pair())
        return (pair->now && needsGuiThread(*pair->now)) ||
               (pair->reference && needsGuiThread(*pair->reference));
    return std::holds_alternative<ChartData>(figure.content) ||
           std::holds_alternative<BarsData>(figure.content) ||
           std::holds_alternative<WorkedSteps>(figure.content);
}

FigureRenderer::FigureRenderer(FigurePtr figure, const Viewpoint &viewpoint)
    : figure_(std::move(figure))
    , viewpoint_(viewpoint)
    , zoomed_(cellsOf(figure_))
    , content_(rendererFor(figure_))
{
}

FigureRenderer::~FigureRenderer() = default;

void FigureRenderer::setFigure(FigurePtr figure)
{
    if (figure == figure_)
        return;
    if (figure && cellsOf(figure) != zoomed_)
        viewpoint_.visibleCells = QRectF();
    figure_ = std::move(figure);
    if (!content_ || !figure_ || !content_->goOnWith(figure_))
        content_ = rendererFor(figure_);
}

QSizeF FigureRenderer::cells() const
{
    return cellsOf(figure_);
}

void FigureRenderer::setVisibleCells(const QRectF &cells)
{
    const QRectF all(QPointF(0.0, 0.0), cellsOf(figure_));
    const QRectF part = cells.intersected(all);
    viewpoint_.visibleCells = part == all || part.isEmpty() ? QRectF() : part;
    zoomed_ = all.size();
}

QRectF FigureRenderer::visibleCells() const
{
    return zoomed() ? viewpoint_.visibleCells : QRectF(QPointF(0.0, 0.0), cellsOf(figure_));
}

QSizeF FigureRenderer::naturalSize(const FigureStyle &style) const
{
    return content_ ? framedSize(*figure_, content_->naturalSize(viewpoint_, style, 0.0), style) : QSizeF();
}

QSizeF FigureRenderer::naturalSize(const FigureStyle &style, double width) const
{
    if (!content_)
        return {};
    const double body = std::max(1.0, width - 2.0 * frameMargin);
    const double height = content_->naturalSize(viewpoint_, style, body).height();
    return {width, framedHeight(*figure_, width, height, style)};
}

void FigureRenderer::paint(QPainter &painter, const QRectF &area, const FigureStyle &style)
{
    if (!content_)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = paintFrame(painter, *figure_, area, style);
    content_->paint(painter, body, viewpoint_, style);
    painter.restore();
}

FigureRenderer::Preparation FigureRenderer::preparation(const QRectF &area, double scale,
                                                        const FigureStyle &style)
{
    return content_ ? content_->preparation(figureFrame(*figure_, area, style).body, scale, viewpoint_, style)
                    : nullptr;
}

std::optional<Hit> FigureRenderer::hit(const QPointF &point, const QRectF &area, const FigureStyle &style)
{
    return content_ ? content_->hit(point, figureFrame(*figure_, area, style).body, viewpoint_, style)
                    : std::nullopt;
}

QRectF FigureRenderer::cellArea(const QRectF &area, const FigureStyle &style, const QPointF &at) const
{
    if (figure_ && figure_->pair())
        return content_->cellArea(figureFrame(*figure_, area, style).body, at, viewpoint_, style);
    const HeatmapData *map = figure_ ? figure_->heatmap() : nullptr;
    return map ? heatmapLayout(*map, figureFrame(*figure_, area, style).body, visibleCells(), style).cells
               : QRectF();
}

QImage FigureRenderer::overview(const QSize &pixels, const FigureStyle &style) const
{
    const HeatmapData *map = figure_ ? figure_->heatmap() : nullptr;
    if (!map)
        return {};
    HeatmapData some = *map;
    some.rows = std::min(map->rows, pixels.height());
    some.values = [map, &some](int first, int count) {
        Matrix rows(count, map->columns);
        for (int row = 0; row < count; ++row)
            rows.row(row) =
                map->values(static_cast<int>(static_cast<long long>(first + row) * map->rows / some.rows), 1);
        return rows;
    };
    return CellRaster().image(some, {QRect(0, 0, some.columns, some.rows), pixels, style.colouring()});
}

} // namespace encoderscope
