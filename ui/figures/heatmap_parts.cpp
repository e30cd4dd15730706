// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/heatmap_parts.h"

#include "ui/figures/figure_text.h"
#include "ui/figures/heatmap_geometry.h"
#include "ui/figures/ticks.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace encoderscope
{

namespace
{

/// Rows and columns are painted by the same code: what differs is the direction.
struct Axis {
    Qt::Orientation along; ///< vertical: the labels of rows, one below the other
    QRectF band;
    QRectF cells;
    double first, count; ///< visible, in cells
    int size;
    const QStringList &labels;
    const QList<int> &indices;
    int hovered, pinned; ///< places; -1 = none
    QFont font;
    bool verticalText;
};

double labelPitch(const Axis &axis)
{
    const QFontMetricsF metrics(axis.font);
    if (axis.along == Qt::Vertical || axis.verticalText)
        return metrics.height() * 0.9;
    return (axis.labels.isEmpty() ? metrics.horizontalAdvance(QString::number(axis.size))
                                  : widestLabel(axis.labels, axis.font)) +
           metrics.averageCharWidth();
}

QRectF labelRect(const Axis &axis, int place)
{
    const QRectF visible = axis.along == Qt::Vertical ? QRectF(0.0, axis.first, 1.0, axis.count)
                                                      : QRectF(axis.first, 0.0, axis.count, 1.0);
    const QRectF cell = axis.along == Qt::Vertical ? cellRect(axis.cells, visible, place, 0)
                                                   : cellRect(axis.cells, visible, 0, place);
    const double pitch = labelPitch(axis);
    if (axis.along == Qt::Vertical) {
        const double height = std::max(cell.height(), pitch);
        return {axis.band.left(), cell.center().y() - height / 2.0, axis.band.width(), height};
    }
    const double width = std::max(cell.width(), pitch);
    return {cell.center().x() - width / 2.0, axis.band.top(), width, axis.band.height()};
}

void paintLabel(QPainter &painter, const Axis &axis, int place, const QRectF &rect)
{
    const QString text =
        axis.labels.isEmpty() ? QString::number(indexOf(axis.indices, place)) : axis.labels.value(place);
    Qt::Alignment alignment = Qt::AlignRight | Qt::AlignVCenter;
    bool vertical = axis.verticalText;
    if (axis.along == Qt::Horizontal) {
        // A single syllable stands upright where there is room, among others that lie.
        vertical = vertical && !fitsUpright(text, axis.font, rect.width());
        alignment = vertical ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignHCenter | Qt::AlignBottom;
    }
    paintLine(painter, rect, alignment, text, vertical);
}

/// Places to label when not every one has room.
QList<int> labelledPlaces(const Axis &axis)
{
    const double length = axis.along == Qt::Vertical ? axis.cells.height() : axis.cells.width();
    const double cell = length / axis.count;
    const int first = std::max(0, static_cast<int>(std::ceil(axis.first - 0.5)));
    const int end = std::min(axis.size, static_cast<int>(std::floor(axis.first + axis.count + 0.5)));
    // Numbers stand further apart than text has to.
    const double pitch = labelPitch(axis) * (axis.labels.isEmpty() ? 1.4 : 1.0);
    const int most = std::max(1, static_cast<int>(std::floor((end - first) * cell / pitch + 1e-6)));
    if (axis.labels.isEmpty() && axis.indices.isEmpty())
        return indexTicks(first, end - first, most);
    QList<int> places;
    const int step = std::max(1, static_cast<int>(std::ceil((end - first) / static_cast<double>(most))));
    for (int place = (first + step - 1) / step * step; place < end; place += step)
        places.append(place);
    return places;
}

void paintLabels(QPainter &painter, const Axis &axis, const FigureStyle &style)
{
    painter.setFont(axis.font);
    const QList<int> places = labelledPlaces(axis);
    const auto shown = [&axis](int place) {
        return place >= 0 && place + 1 > axis.first && place < axis.first + axis.count && place < axis.size;
    };
    const auto nearEmphasis = [&](int place) {
        for (const int strong : {axis.hovered, axis.pinned}) {
            if (shown(strong) && strong != place &&
                labelRect(axis, strong).intersects(labelRect(axis, place)))
                return !places.contains(strong) || strong == place;
        }
        return false;
    };
    for (const int place : places) {
        if (place == axis.hovered || place == axis.pinned || nearEmphasis(place))
            continue;
        painter.setPen(axis.labels.isEmpty() ? style.muted : style.text);
        paintLabel(painter, axis, place, labelRect(axis, place));
    }
    const auto highlight = [&](int place, const QColor &colour) {
        if (!shown(place))
            return;
        const QRectF rect = labelRect(axis, place);
        QColor fill = colour;
        fill.setAlphaF(0.22F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(axis.along == Qt::Vertical ? rect.adjusted(-2.0, 0.0, 3.0, 0.0)
                                                           : rect.adjusted(0.0, -2.0, 0.0, 3.0),
                                3.0, 3.0);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(style.text);
        paintLabel(painter, axis, place, rect);
    };
    if (axis.pinned != axis.hovered)
        highlight(axis.pinned, style.pin);
    highlight(axis.hovered, style.hover);
}

} // namespace

int placeOf(const QList<int> &indices, int index)
{
    return indices.isEmpty() || index < 0 ? index : static_cast<int>(indices.indexOf(index));
}

int indexOf(const QList<int> &indices, int place)
{
    return indices.isEmpty() ? place : indices.value(place, -1);
}

namespace
{

QString nameOf(const QStringList &labels, const QList<int> &indices, bool named, int place)
{
    if (named)
        return labels.value(place);
    const QString number = QString::number(indexOf(indices, place));
    return labels.isEmpty() ? number : number + QLatin1Char(' ') + labels.value(place);
}

} // namespace

QString rowName(const HeatmapData &data, int place)
{
    return nameOf(data.rowLabels, data.rowIndices, data.rowsNamed, place);
}

QString columnName(const HeatmapData &data, int place)
{
    return nameOf(data.columnLabels, data.columnIndices, data.columnsNamed, place);
}

QString describeCell(const HeatmapData &data, int row, int column, double value)
{
    const auto named = [](const QString &title, const QString &label) {
        return title.isEmpty() ? label : title + QLatin1Char(' ') + label;
    };
    const QString separator = QStringLiteral(" · ");
    const bool missing = data.hatchedRows.contains(row) || data.hatchedColumns.contains(column);
    QString text = named(data.rowTitle, rowName(data, row)) + separator +
                   named(data.columnTitle, columnName(data, column)) + separator +
                   (missing ? QCoreApplication::translate("Figures", "no partner in the reference")
                            : named(data.valueTitle, readableNumber(value)));
    if (data.reach >= 0 &&
        std::abs(indexOf(data.rowIndices, row) - indexOf(data.columnIndices, column)) > data.reach)
        text += separator + QCoreApplication::translate("Figures", "outside the window");
    if (const QString more = data.cellText ? data.cellText(row, column) : QString(); !more.isEmpty())
        text += separator + more;
    return text;
}

void paintHatching(QPainter &painter, const QRectF &area, const FigureStyle &style)
{
    const double spacing = std::clamp(std::min(area.width(), area.height()) / 6.0, 5.0, 12.0);
    const QList<QLineF> lines = hatchLines(area, spacing);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(style.background, 2.6, Qt::SolidLine, Qt::FlatCap));
    painter.drawLines(lines);
    painter.setPen(QPen(style.text, 1.0, Qt::SolidLine, Qt::FlatCap));
    painter.drawLines(lines);
    painter.restore();
}

namespace
{

/// [first, end) of places that follow each other, or lie so close that nothing can be seen between them:
/// long texts that share little have thousands.
std::vector<std::pair<int, int>> hatchedStretches(QList<int> places, double cell)
{
    std::sort(places.begin(), places.end());
    std::vector<std::pair<int, int>> found;
    for (const int place : places) {
        if (!found.empty() && (place - found.back().second) * cell < 1.0)
            found.back().second = place + 1;
        else
            found.emplace_back(place, place + 1);
    }
    return found;
}

} // namespace

void paintMissing(QPainter &painter, const HeatmapData &data, const QRectF &area, const QRectF &visible,
                  const FigureStyle &style)
{
    if (data.hatchedRows.isEmpty() && data.hatchedColumns.isEmpty())
        return;
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    const QSizeF cell = blockRect(area, visible, QRect(0, 0, 1, 1)).size();
    const auto hatch = [&](const QRect &block) {
        const QRectF rect = blockRect(area, visible, block) & area;
        if (rect.isEmpty())
            return;
        painter.setRenderHint(QPainter::Antialiasing, false); // no seam between two of them
        painter.fillRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5), style.background);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(style.muted, 1.0, Qt::SolidLine, Qt::FlatCap));
        constexpr double spacing = 6.0;
        painter.drawLines(hatchLines(rect, spacing));
    };
    for (const auto &[row, end] : hatchedStretches(data.hatchedRows, cell.height()))
        hatch(QRect(0, row, data.columns, end - row));
    for (const auto &[column, end] : hatchedStretches(data.hatchedColumns, cell.width()))
        hatch(QRect(column, 0, end - column, data.rows));
    painter.restore();
}

void paintReach(QPainter &painter, const HeatmapData &data, const QRectF &area, const QRectF &visible,
                const FigureStyle &style)
{
    if (data.reach < 0 || data.rows == 0)
        return;
    const QRect seen = coveringCells(visible, data.rows, data.columns);
    const QList<QLineF> edge = reachEdge(area, visible, data.reach, seen.top(), seen.bottom(), data.columns,
                                         data.rowIndices, data.columnIndices);
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    const bool small = area.height() < 12.0 * seen.height() || area.width() < 12.0 * seen.width();
    painter.setPen(QPen(style.background, small ? 2.0 : 4.0, Qt::SolidLine, Qt::SquareCap));
    painter.drawLines(edge);
    painter.setPen(QPen(style.text, small ? 1.0 : 2.0, Qt::SolidLine, Qt::SquareCap));
    painter.drawLines(edge);
    painter.restore();
}

void paintEmphasis(QPainter &painter, const HeatmapData &data, const Emphasis &emphasis, const QRectF &area,
                   const QRectF &visible, const FigureStyle &style)
{
    painter.save();
    painter.setClipRect(area.adjusted(-2.0, -2.0, 2.0, 2.0), Qt::IntersectClip);
    painter.setBrush(Qt::NoBrush);
    const auto outline = [&](const QRect &block, const QColor &colour) {
        const QRectF rect = blockRect(area, visible, block);
        if (!rect.intersects(area))
            return;
        QColor halo = style.background;
        halo.setAlphaF(0.7F);
        painter.setPen(QPen(halo, 3.0, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(rect);
        painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
        painter.drawRect(rect);
    };
    const auto row = [&](int index, const QColor &colour) {
        const int place = placeOf(data.rowIndices, index);
        if (place >= 0 && place < data.rows)
            outline(QRect(0, place, data.columns, 1), colour);
    };
    const auto column = [&](int index, const QColor &colour) {
        const int place = placeOf(data.columnIndices, index);
        if (place >= 0 && place < data.columns)
            outline(QRect(place, 0, 1, data.rows), colour);
    };
    row(emphasis.pinnedRow, style.pin);
    column(emphasis.pinnedColumn, style.pin);
    row(emphasis.hoveredRow, style.hover);
    column(emphasis.hoveredColumn, style.hover);
    painter.restore();
}

void paintRowLabels(QPainter &painter, const HeatmapData &data, const Emphasis &emphasis,
                    const HeatmapLayout &layout, const QRectF &visible, const FigureStyle &style)
{
    paintLabels(painter,
                Axis{Qt::Vertical, layout.rowLabels, layout.cells, visible.y(), visible.height(), data.rows,
                     data.rowLabels, data.rowIndices, placeOf(data.rowIndices, emphasis.hoveredRow),
                     placeOf(data.rowIndices, emphasis.pinnedRow), layout.rowFont, false},
                style);
}

void paintColumnLabels(QPainter &painter, const HeatmapData &data, const Emphasis &emphasis,
                       const HeatmapLayout &layout, const QRectF &visible, const FigureStyle &style)
{
    paintLabels(painter,
                Axis{Qt::Horizontal, layout.columnLabels, layout.cells, visible.x(), visible.width(),
                     data.columns, data.columnLabels, data.columnIndices,
                     placeOf(data.columnIndices, emphasis.hoveredColumn),
                     placeOf(data.columnIndices, emphasis.pinnedColumn), layout.columnFont,
                     layout.verticalColumnLabels},
                style);
}

} // namespace encoderscope
