// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/heatmap_geometry.h"
#include "ui/figures/heatmap_parts.h"
#include "ui/figures/ticks.h"
#include "ui/pages/figure_view.h"

#include <algorithm>
#include <limits>

namespace encoderscope
{

namespace
{

/// Beyond that a table of numbers is of no use to a listener, and takes long to make.
constexpr std::size_t mostRows = 2'000;

int columnsOf(const QSize &table)
{
    return std::max(1, table.width());
}

} // namespace

const Table &FigureView::numbers() const
{
    if (numbersOf_ != renderer_.figure()) {
        numbersOf_ = renderer_.figure();
        const bool quick = numbersOf_ != nullptr && slowRows(*numbersOf_) == 0;
        numbers_ = quick ? numbersOf_->table() : Table();
        if (numbers_.rows.size() > mostRows)
            numbers_.rows.resize(mostRows);
    }
    return numbers_;
}

QSize FigureView::accessibleTable() const
{
    if (const HeatmapData *map = heatmap())
        return {map->columns,
                std::min(map->rows, std::numeric_limits<int>::max() / std::max(1, map->columns))};
    return {static_cast<int>(numbers().columns.size()), static_cast<int>(numbers().rows.size())};
}

AccessibleItem FigureView::accessibleItem(int index) const
{
    const int columns = columnsOf(accessibleTable());
    const int row = index / columns;
    const int column = index % columns;
    AccessibleItem told;
    told.role = QAccessible::Cell;
    told.name = accessibleRowName(row) + QStringLiteral(", ") + accessibleColumnName(column);
    if (const HeatmapData *map = heatmap()) {
        const auto value = static_cast<double>(map->values(row, 1)(0, column));
        told.value = readableNumber(value);
        told.description = describeCell(*map, row, column, value);
        told.state.selectable = true;
        told.state.selected = index == accessibleFocus();
        const QRectF cells = renderer_.cellArea(area(), style());
        told.rect = encoderscope::cellRect(cells, renderer_.visibleCells(), row, column)
                        .intersected(cells)
                        .toAlignedRect();
        return told;
    }
    const QVariant &cell = numbers().rows[static_cast<std::size_t>(row)].value(column);
    told.value = cell.typeId() == QMetaType::Double ? readableNumber(cell.toDouble()) : cell.toString();
    return told;
}

int FigureView::accessibleItemAt(const QPoint &point) const
{
    const HeatmapData *map = heatmap();
    if (map == nullptr || map->size() == 0)
        return -1;
    const auto cell = cellAt(point, renderer_.cellArea(area(), style()), renderer_.visibleCells());
    const bool inside =
        cell && cell->x() < map->columns && cell->y() < accessibleTable().height() && cell->y() < map->rows;
    return inside ? cell->y() * map->columns + cell->x() : -1;
}

int FigureView::accessibleFocus() const
{
    const HeatmapData *map = heatmap();
    if (map == nullptr)
        return -1;
    const int row = placeOf(map->rowIndices, emphasis().pinnedRow);
    const int column = placeOf(map->columnIndices, emphasis().pinnedColumn);
    const bool inside = row >= 0 && row < accessibleTable().height() && column < map->columns;
    return inside ? row * map->columns + std::max(0, column) : -1;
}

void FigureView::pressAccessibleItem(int index)
{
    const HeatmapData *map = heatmap();
    if (map == nullptr)
        return;
    Hit hit;
    hit.row = indexOf(map->rowIndices, index / columnsOf(accessibleTable()));
    hit.column = indexOf(map->columnIndices, index % columnsOf(accessibleTable()));
    Q_EMIT clicked(hit, Qt::NoModifier);
}

QString FigureView::accessibleRowName(int row) const
{
    if (const HeatmapData *map = heatmap())
        return map->rowTitle + QLatin1Char(' ') + rowName(*map, row);
    const std::vector<QVariantList> &rows = numbers().rows;
    const bool known = row >= 0 && static_cast<std::size_t>(row) < rows.size();
    return known ? rows[static_cast<std::size_t>(row)].value(0).toString() : QString();
}

QString FigureView::accessibleColumnName(int column) const
{
    if (const HeatmapData *map = heatmap())
        return map->columnTitle + QLatin1Char(' ') + columnName(*map, column);
    return numbers().columns.value(column);
}

} // namespace encoderscope
