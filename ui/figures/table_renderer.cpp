// SPDX-License-Identifier: GPL-3.0-or-later
// Paints tables, and says how their cells are written. What is too wide is painted in blocks below each
// other, each of which begins with the key columns.
#include "ui/figures/content_renderer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/ticks.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace encoderscope
{

namespace
{

constexpr double widestColumnGap = 12.0;
constexpr double narrowestColumnGap = 6.0;
constexpr double blockGap = 10.0;
constexpr double longestText = 160.0; ///< at the usual size
constexpr double usualLineHeight = 21.0;
constexpr double narrowestKey = 60.0;

struct PlacedColumn {
    int column = 0;
    double left = 0.0;
};

struct TableLayout {
    QFont font, headFont;
    QList<double> widths; ///< of all columns
    QList<QList<PlacedColumn>> blocks;
    double line = 1.0;
    double across = 0.0; ///< of the widest block
};

/// Where not even one column has room beside the keys, these are cut: alone they say nothing.
void narrowKeys(TableLayout &table, int keys, double width)
{
    if (keys == 0 || keys >= table.widths.size())
        return;
    const auto firstValue = table.widths.begin() + keys;
    const double keyed = std::accumulate(table.widths.begin(), firstValue, (keys - 1) * narrowestColumnGap);
    const double over = keyed + *std::max_element(firstValue, table.widths.end()) - width;
    double &widest = *std::max_element(table.widths.begin(), firstValue);
    if (over > 0.0)
        widest = std::max(widest - over, std::min(widest, narrowestKey));
}

class TableRenderer : public ContentRenderer
{
public:
    explicit TableRenderer(const FigurePtr &figure)
        : ContentRenderer(figure)
        , table_(std::get<TableData>(figure->content))
    {
        for (int column = 0; column < table_.columns.size(); ++column) {
            QStringList texts;
            for (int row = 0; row < rows(); ++row)
                texts.append(cellText(table_, row, column));
            texts_.append(texts);
            numeric_.append(
                std::any_of(table_.rows.begin(), table_.rows.end(),
                            [column](const QVariantList &row) { return isNumber(row.value(column)); }));
        }
    }

    QSizeF naturalSize(const Viewpoint &, const FigureStyle &style, double width) const override
    {
        const TableLayout table = layout(style, width > 0.0 ? width : 1e9);
        const auto blocks = static_cast<double>(std::max<qsizetype>(1, table.blocks.size()));
        return {width > 0.0 ? width : table.across, blocks * (blockHeight(table) + blockGap) - blockGap};
    }

    void paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
               const FigureStyle &style) override;
    std::optional<Hit> hit(const QPointF &point, const QRectF &body, const Viewpoint &,
                           const FigureStyle &style) override;

private:
    int rows() const { return static_cast<int>(table_.rows.size()); }
    double blockHeight(const TableLayout &table) const { return table.line * (rows() + 1) + 4.0; }
    TableLayout layout(const FigureStyle &style, double width) const;
    /// Row 0 is the heading.
    QRectF cellRect(const TableLayout &table, const QRectF &body, qsizetype block, int row,
                    const PlacedColumn &place) const
    {
        const double top = body.top() + static_cast<double>(block) * (blockHeight(table) + blockGap);
        return {body.left() + place.left, top + table.line * row + (row > 0 ? 3.0 : 0.0),
                table.widths.at(place.column), table.line};
    }
    void paintBlock(QPainter &painter, const TableLayout &table, const QRectF &body, qsizetype block,
                    const Viewpoint &viewpoint, const FigureStyle &style) const;

    const TableData &table_;
    QList<QStringList> texts_; ///< of each column
    QList<bool> numeric_;
};

TableLayout TableRenderer::layout(const FigureStyle &style, double width) const
{
    TableLayout table;
    table.font = scaledFont(style.font, 0.95);
    table.headFont = scaledFont(style.font, 0.9, true);
    table.line = std::ceil(QFontMetricsF(table.font).height()) + 3.0;
    const double longest = longestText * std::max(1.0, table.line / usualLineHeight);
    double all = 0.0;
    for (int column = 0; column < table_.columns.size(); ++column) {
        const double text = std::max(widestLabel({table_.columns.at(column).title}, table.headFont),
                                     std::min(widestLabel(texts_.at(column), table.font), longest));
        table.widths.append(std::min(std::ceil(text) + 1.0, width));
        all += table.widths.constLast();
    }
    const auto gaps = static_cast<double>(std::max<qsizetype>(1, table.widths.size() - 1));
    const double gap = std::clamp((width - all) / gaps, narrowestColumnGap, widestColumnGap);
    const int keys = std::min(table_.keyColumns, static_cast<int>(table_.columns.size()));
    narrowKeys(table, keys, width - gap);
    for (int next = 0; next < table_.columns.size();) {
        QList<PlacedColumn> block;
        double left = 0.0;
        const auto place = [&](int column) {
            block.append({column, left});
            table.across = std::max(table.across, left + table.widths.at(column));
            left += table.widths.at(column) + gap;
        };
        for (int key = 0; key < keys && next > 0; ++key)
            place(key);
        const qsizetype least = keys + 1;
        while (next < table_.columns.size() &&
               (block.size() < least || left + table.widths.at(next) <= width))
            place(next++);
        table.blocks.append(block);
    }
    return table;
}

void TableRenderer::paintBlock(QPainter &painter, const TableLayout &table, const QRectF &body,
                               qsizetype block, const Viewpoint &viewpoint, const FigureStyle &style) const
{
    const QList<PlacedColumn> &columns = table.blocks.at(block);
    const double right = columns.constLast().left + table.widths.at(columns.constLast().column);
    const auto mark = [&](int row, const QColor &colour) {
        if (row < 0 || row >= rows())
            return;
        QColor fill = colour;
        fill.setAlphaF(0.22F);
        QRectF rect = cellRect(table, body, block, row + 1, columns.front());
        rect.setRight(body.left() + right);
        painter.fillRect(rect.adjusted(-3.0, 0.0, 3.0, 0.0), fill);
    };
    mark(viewpoint.emphasis.pinnedRow, style.pin);
    mark(viewpoint.emphasis.hoveredRow, style.hover);
    painter.setPen(style.text);
    for (const PlacedColumn &place : columns) {
        const Qt::Alignment alignment =
            (numeric_.at(place.column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
        painter.setFont(table.headFont);
        paintLine(painter, cellRect(table, body, block, 0, place), alignment,
                  table_.columns.at(place.column).title);
        painter.setFont(table.font);
        for (int row = 0; row < rows(); ++row) {
            const QRectF rect = cellRect(table, body, block, row + 1, place);
            if (rect.bottom() > body.bottom() + 1.0)
                break; // in a view that is too small
            paintLine(painter, rect, alignment, texts_.at(place.column).at(row));
        }
    }
    painter.setPen(QPen(style.muted, 1.0));
    const double rule = cellRect(table, body, block, 0, columns.front()).bottom() + 1.5;
    painter.drawLine(QPointF(body.left(), rule), QPointF(body.left() + right, rule));
}

void TableRenderer::paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
                          const FigureStyle &style)
{
    const TableLayout table = layout(style, body.width());
    for (qsizetype block = 0; block < table.blocks.size(); ++block)
        paintBlock(painter, table, body, block, viewpoint, style);
}

std::optional<Hit> TableRenderer::hit(const QPointF &point, const QRectF &body, const Viewpoint &,
                                      const FigureStyle &style)
{
    const TableLayout table = layout(style, body.width());
    for (qsizetype block = 0; block < table.blocks.size(); ++block) {
        for (const PlacedColumn &place : table.blocks.at(block)) {
            for (int row = 0; row < rows(); ++row) {
                if (!cellRect(table, body, block, row + 1, place).contains(point))
                    continue;
                return Hit{.row = row,
                           .column = place.column,
                           .value = table_.rows[static_cast<std::size_t>(row)].value(place.column).toDouble(),
                           .description = table_.columns.at(place.column).title + QLatin1Char(' ') +
                                          texts_.at(place.column).at(row)};
            }
        }
    }
    return std::nullopt;
}

} // namespace

QString cellText(const TableData &table, int row, int column)
{
    const QVariant &value = table.rows[static_cast<std::size_t>(row)].value(column);
    if (!isNumber(value))
        return value.toString();
    const TableData::Column &how = table.columns.at(column);
    const double number = value.toDouble() * (how.percent ? 100.0 : 1.0);
    if (std::isnan(number))
        return QStringLiteral("–");
    if (how.decimals < 0 || !std::isfinite(number))
        return readableNumber(number);
    const QString text = fixedNumber(number, how.decimals);
    return how.percent ? text + QStringLiteral(" %") : text;
}

std::unique_ptr<ContentRenderer> tableRenderer(const FigurePtr &figure)
{
    return std::make_unique<TableRenderer>(figure);
}

} // namespace encoderscope
