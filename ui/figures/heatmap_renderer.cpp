// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a heatmap with row and column labels, axis titles and a colour bar. Labels thin out where there is
// no room.
#include "ui/figures/cell_raster.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/content_renderer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/heatmap_geometry.h"
#include "ui/figures/heatmap_parts.h"
#include "ui/figures/ticks.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr int mostNumbers = 900;

QString cellNumber(const ColourScale &scale, double value)
{
    const double range = std::max(std::abs(scale.low), std::abs(scale.high));
    const int decimals =
        std::clamp(2 - static_cast<int>(std::floor(std::log10(range / 2.0 + 1e-12) + 1e-9)) - 1, 0, 3);
    if (!std::isfinite(value))
        return readableNumber(value);
    return fixedNumber(value, decimals);
}

QColor readableOn(QRgb colour)
{
    const double luminance = 0.299 * qRed(colour) + 0.587 * qGreen(colour) + 0.114 * qBlue(colour);
    return luminance > 140.0 ? QColor(20, 22, 26) : QColor(245, 246, 248);
}

/// The cells' own texts, as far as they fit, else the values themselves, where cells have room for them.
void paintTexts(QPainter &painter, CellRaster &raster, const HeatmapData &data, const QRectF &area,
                const QRectF &visible, const FigureStyle &style)
{
    if (!style.showNumbers)
        return;
    const QRect block = coveringCells(visible, data.rows, data.columns);
    const QFont font = scaledFont(style.font, 0.78);
    const QFontMetricsF metrics(font);
    const QSizeF cell = blockRect(area, visible, QRect(0, 0, 1, 1)).size();
    const auto room = [&](double bound) {
        return metrics.horizontalAdvance(cellNumber(data.scale, bound)) + 6.0;
    };
    if (block.width() * block.height() > mostNumbers || cell.height() < metrics.height() + 2.0 ||
        (!data.cellText && cell.width() < std::max(room(data.scale.low), room(data.scale.high))))
        return;
    painter.setFont(font);
    for (int row = block.top(); row <= block.bottom(); ++row) {
        for (int column = block.left(); column <= block.right(); ++column) {
            const QRectF rect = cellRect(area, visible, row, column);
            if (!area.adjusted(-1.0, -1.0, 1.0, 1.0).contains(rect))
                continue;
            if (!data.cellText && (data.hatchedRows.contains(row) || data.hatchedColumns.contains(column)))
                continue; // there is none
            const double value = raster.value(data, row, column);
            const QString text = data.cellText ? data.cellText(row, column) : cellNumber(data.scale, value);
            if (data.cellText && metrics.horizontalAdvance(text) > rect.width() - 2.0)
                continue; // half a word says nothing
            painter.setPen(readableOn(data.scale.colour(value, style.colouring())));
            paintLine(painter, rect, Qt::AlignHCenter | Qt::AlignVCenter, text);
        }
    }
}

class HeatmapRenderer : public ContentRenderer
{
public:
    explicit HeatmapRenderer(const FigurePtr &figure)
        : ContentRenderer(figure)
        , data_(std::get<HeatmapData>(figure->content))
        , raster_(std::make_shared<CellRaster>())
    {
    }

    QSizeF naturalSize(const Viewpoint &viewpoint, const FigureStyle &style, double width) const override
    {
        return naturalHeatmapSize(data_, visible(viewpoint), style, width);
    }

    void paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
               const FigureStyle &style) override;

    std::optional<Hit> hit(const QPointF &point, const QRectF &body, const Viewpoint &viewpoint,
                           const FigureStyle &style) override
    {
        if (data_.size() == 0)
            return std::nullopt;
        const QRectF part = visible(viewpoint);
        const auto cell = cellAt(point, heatmapLayout(data_, body, part, style).cells, part);
        if (!cell || cell->x() >= data_.columns || cell->y() >= data_.rows)
            return std::nullopt;
        const double value = raster_->value(data_, cell->y(), cell->x());
        return Hit{.row = indexOf(data_.rowIndices, cell->y()),
                   .column = indexOf(data_.columnIndices, cell->x()),
                   .value = value,
                   .description = describeCell(data_, cell->y(), cell->x(), value)};
    }

    FigureRenderer::Preparation preparation(const QRectF &body, double scale, const Viewpoint &viewpoint,
                                            const FigureStyle &style) override
    {
        if (data_.size() == 0)
            return nullptr;
        const QRectF part = visible(viewpoint);
        const auto missing = raster_->missing(data_, heatmapLayout(data_, body, part, style).cells, part,
                                              scale, style.colouring());
        if (!missing || missing->values <= CellRaster::manyValues)
            return nullptr;
        return [figure = figure(), &data = data_, raster = raster_,
                cut = missing->cut](const std::stop_token &stop) { raster->prepare(data, cut, stop); };
    }

private:
    QRectF visible(const Viewpoint &viewpoint) const
    {
        return viewpoint.visibleCells.isEmpty() ? QRectF(0.0, 0.0, data_.columns, data_.rows)
                                                : viewpoint.visibleCells;
    }

    const HeatmapData &data_;
    std::shared_ptr<CellRaster> raster_; ///< values and picture of the last paint
};

void HeatmapRenderer::paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
                            const FigureStyle &style)
{
    if (data_.size() == 0) {
        painter.setFont(style.font);
        painter.setPen(style.muted);
        paintLine(painter, body, Qt::AlignCenter,
                  QCoreApplication::translate("Figures", "No values to show"));
        return;
    }
    const QRectF part = visible(viewpoint);
    const Emphasis &emphasis = viewpoint.emphasis;
    const HeatmapLayout layout = heatmapLayout(data_, body, part, style);
    raster_->paint(painter, data_, layout.cells, part, style.colouring());
    paintMissing(painter, data_, layout.cells, part, style);
    paintTexts(painter, *raster_, data_, layout.cells, part, style);
    if (data_.switchedOff)
        paintHatching(painter, layout.cells, style);
    paintReach(painter, data_, layout.cells, part, style);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.grid, 1.0));
    painter.drawRect(layout.cells);
    paintEmphasis(painter, data_, emphasis, layout.cells, part, style);

    paintRowLabels(painter, data_, emphasis, layout, part, style);
    paintColumnLabels(painter, data_, emphasis, layout, part, style);
    painter.setFont(scaledFont(style.font, 0.9));
    painter.setPen(style.muted);
    paintLine(painter, layout.columnTitle, Qt::AlignHCenter | Qt::AlignTop, data_.columnTitle);
    paintLine(painter, layout.rowTitle, Qt::AlignHCenter | Qt::AlignTop, data_.rowTitle, true);
    if (!layout.colourBar.area.isEmpty())
        paintColourBar(painter, layout.colourBar, data_.scale, data_.valueTitle, data_.clipped, style);
}

} // namespace

std::unique_ptr<ContentRenderer> heatmapRenderer(const FigurePtr &figure)
{
    return std::make_unique<HeatmapRenderer>(figure);
}

} // namespace encoderscope
