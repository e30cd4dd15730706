// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/heatmap_figure.h"

#include "ui/figures/cell_raster.h"
#include "ui/figures/colour_bar.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/heatmap_geometry.h"
#include "ui/figures/heatmap_parts.h"

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
    QString text = QString::number(value, 'f', decimals);
    // "-0.00" is zero to the reader.
    if (value < 0.0 && text.toDouble() == 0.0)
        text.remove(0, 1);
    return text.replace(QLatin1Char('-'), QChar(0x2212));
}

QColor readableOn(QRgb colour)
{
    const double luminance = 0.299 * qRed(colour) + 0.587 * qGreen(colour) + 0.114 * qBlue(colour);
    return luminance > 140.0 ? QColor(20, 22, 26) : QColor(245, 246, 248);
}

/// The values themselves, where cells have room for them.
void paintNumbers(QPainter &painter, CellRaster &raster, const HeatmapData &data, const QRectF &area,
                  const QRectF &visible, const FigureStyle &style)
{
    const QRect block = coveringCells(visible, data.rows, data.columns);
    const QFont font = scaledFont(style.font, 0.78);
    const QFontMetricsF metrics(font);
    const QSizeF cell = blockRect(area, visible, QRect(0, 0, 1, 1)).size();
    const double needed = std::max(metrics.horizontalAdvance(cellNumber(data.scale, data.scale.low)),
                                   metrics.horizontalAdvance(cellNumber(data.scale, data.scale.high)));
    if (block.width() * block.height() > mostNumbers || cell.height() < metrics.height() + 2.0 ||
        cell.width() < needed + 6.0)
        return;
    ColourScale scale = data.scale;
    scale.dark = style.theme == Theme::dark;
    painter.setFont(font);
    for (int row = block.top(); row <= block.bottom(); ++row) {
        for (int column = block.left(); column <= block.right(); ++column) {
            const QRectF rect = cellRect(area, visible, row, column);
            if (!area.adjusted(-1.0, -1.0, 1.0, 1.0).contains(rect))
                continue;
            const double value = raster.value(data, row, column);
            painter.setPen(readableOn(scale.colour(value)));
            paintLine(painter, rect, Qt::AlignHCenter | Qt::AlignVCenter, cellNumber(data.scale, value));
        }
    }
}

} // namespace

std::function<Matrix(int, int)> rowsOf(Matrix values)
{
    const auto shared = std::make_shared<const Matrix>(std::move(values));
    return [shared](int firstRow, int count) { return Matrix(shared->middleRows(firstRow, count)); };
}

std::function<Matrix(int, int)> watched(std::function<Matrix(int, int)> values,
                                        std::function<void(int rows)> asked)
{
    return [values = std::move(values), asked = std::move(asked)](int firstRow, int count) {
        asked(count);
        return values(firstRow, count);
    };
}

HeatmapFigure::HeatmapFigure(HeatmapData data)
    : data_(std::move(data))
    , raster_(std::make_shared<CellRaster>())
{
}

void HeatmapFigure::setVisibleCells(const QRectF &cells)
{
    visible_ = cells.intersected(QRectF(0.0, 0.0, data_.columns, data_.rows));
}

QRectF HeatmapFigure::visibleCells() const
{
    return visible_.isEmpty() ? QRectF(0.0, 0.0, data_.columns, data_.rows) : visible_;
}

QRectF HeatmapFigure::cellArea(const QRectF &area, const FigureStyle &style) const
{
    return heatmapLayout(data_, figureFrame(*this, area, style).body, visibleCells(), style).cells;
}

QImage HeatmapFigure::overview(const QSize &pixels, const FigureStyle &style) const
{
    HeatmapData some = data_;
    some.rows = std::min(data_.rows, pixels.height());
    some.values = [this, &some](int first, int count) {
        Matrix rows(count, data_.columns);
        for (int row = 0; row < count; ++row)
            rows.row(row) = data_.values(
                static_cast<int>(static_cast<long long>(first + row) * data_.rows / some.rows), 1);
        return rows;
    };
    return CellRaster().image(some,
                              {QRect(0, 0, some.columns, some.rows), pixels, style.theme == Theme::dark});
}

QSizeF HeatmapFigure::naturalSize(const FigureStyle &style) const
{
    return framedSize(*this, naturalHeatmapSize(data_, visibleCells(), style), style);
}

void HeatmapFigure::paint(QPainter &painter, const QRectF &area, const FigureStyle &style) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = paintFrame(painter, *this, area, style);
    if (data_.rows == 0 || data_.columns == 0) {
        painter.setFont(style.font);
        painter.setPen(style.muted);
        paintLine(painter, body, Qt::AlignCenter,
                  QCoreApplication::translate("Figures", "No values to show"));
        painter.restore();
        return;
    }
    const QRectF visible = visibleCells();
    const HeatmapLayout layout = heatmapLayout(data_, body, visible, style);
    raster_->paint(painter, data_, layout.cells, visible, style.theme == Theme::dark);
    paintNumbers(painter, *raster_, data_, layout.cells, visible, style);
    if (data_.switchedOff)
        paintHatching(painter, layout.cells, style);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(style.grid, 1.0));
    painter.drawRect(layout.cells);
    paintEmphasis(painter, data_, emphasis, layout.cells, visible, style);

    paintRowLabels(painter, data_, emphasis, layout, visible, style);
    paintColumnLabels(painter, data_, emphasis, layout, visible, style);
    painter.setFont(scaledFont(style.font, 0.9));
    painter.setPen(style.muted);
    paintLine(painter, layout.columnTitle, Qt::AlignHCenter | Qt::AlignTop, data_.columnTitle);
    paintLine(painter, layout.rowTitle, Qt::AlignHCenter | Qt::AlignTop, data_.rowTitle, true);
    if (!layout.colourBar.isEmpty())
        paintColourBar(painter, layout.colourBar, data_.scale, data_.valueTitle, data_.clipped, style);
    painter.restore();
}

Figure::Preparation HeatmapFigure::preparation(const QRectF &area, double scale,
                                               const FigureStyle &style) const
{
    if (data_.rows == 0 || data_.columns == 0)
        return nullptr;
    const auto missing =
        raster_->missing(data_, cellArea(area, style), visibleCells(), scale, style.theme == Theme::dark);
    if (!missing || missing->values <= CellRaster::manyValues)
        return nullptr;
    return [raster = raster_, data = data_, cut = missing->cut](const std::stop_token &stop) {
        raster->prepare(data, cut, stop);
    };
}

SlowFigure HeatmapFigure::slowCopy(const std::function<void(int rows)> &asked) const
{
    if (data_.size() <= CellRaster::manyValues)
        return {};
    auto copy = std::make_shared<HeatmapFigure>(*this);
    copy->raster_ = std::make_shared<CellRaster>();
    copy->data_.values = watched(data_.values, asked);
    return {copy, data_.rows};
}

std::optional<Hit> HeatmapFigure::hit(const QPointF &point, const QRectF &area,
                                      const FigureStyle &style) const
{
    if (data_.rows == 0 || data_.columns == 0)
        return std::nullopt;
    const auto cell = cellAt(point, cellArea(area, style), visibleCells());
    if (!cell || cell->x() >= data_.columns || cell->y() >= data_.rows)
        return std::nullopt;
    const double value = raster_->value(data_, cell->y(), cell->x());
    return Hit{.row = indexOf(data_.rowIndices, cell->y()),
               .column = indexOf(data_.columnIndices, cell->x()),
               .value = value,
               .description = describeCell(data_, cell->y(), cell->x(), value)};
}

QStringList HeatmapFigure::tableColumns() const
{
    QStringList columns{data_.rowTitle};
    for (int column = 0; column < data_.columns; ++column)
        columns.append(labelOf(data_.columnLabels, data_.columnIndices, column));
    return columns;
}

void HeatmapFigure::visitRows(const std::function<void(const QVariantList &row)> &visit) const
{
    constexpr int rowsAtOnce = 64;
    for (int first = 0; first < data_.rows; first += rowsAtOnce) {
        const Matrix values = data_.values(first, std::min(rowsAtOnce, data_.rows - first));
        for (Index row = 0; row < values.rows(); ++row) {
            QVariantList cells{labelOf(data_.rowLabels, data_.rowIndices, first + static_cast<int>(row))};
            cells.reserve(values.cols() + 1);
            for (Index column = 0; column < values.cols(); ++column)
                cells.append(static_cast<double>(values(row, column)));
            visit(cells);
        }
    }
}

Table HeatmapFigure::table() const
{
    Table table;
    table.columns = tableColumns();
    visitRows([&table](const QVariantList &row) { table.rows.push_back(row); });
    return table;
}

} // namespace encoderscope
