// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/heatmap_layout.h"

#include "ui/figures/figure_text.h"

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double labelGap = 4.0;
constexpr double colourBarGap = 14.0;
constexpr double largestCell = 72.0;     ///< beside text of the usual size
constexpr double largestWideCell = 40.0; ///< of a matrix that is not square
constexpr double usualLine = 18.0;
constexpr double labelFactor = 0.9;
constexpr double smallestLabelFactor = 0.66;
constexpr double labelStep = 24.0; ///< label bands grow in such steps, so that typing rarely moves the cells
constexpr double shortestBand = 48.0;
constexpr double longestBand = 168.0;
constexpr double shortestBar = 120.0;
constexpr double largestNaturalSide = 4000.0;

double fontHeight(const QFont &font)
{
    return QFontMetricsF(font).height();
}

/// How many times the usual size text is; 1 for smaller.
double enlargement(const QFont &font)
{
    return std::max(1.0, fontHeight(font) / usualLine);
}

double bandFor(double widest, const QFont &font, bool tight)
{
    const double longest = longestBand * enlargement(font);
    if (tight)
        return std::min(std::ceil(widest + 2.0 * labelGap), longest);
    return std::clamp(std::ceil((widest + labelGap) / labelStep) * labelStep, shortestBand, longest);
}

double digitsWidth(int count, const QFont &font)
{
    return QFontMetricsF(font).horizontalAdvance(QString::number(std::max(0, count - 1)));
}

bool isSquare(const HeatmapData &data)
{
    return data.rows == data.columns && data.rowLabels.isEmpty() == data.columnLabels.isEmpty();
}

/// The font at which lines fit into cells of that size, as far as it stays legible.
QFont fittingFont(const QFont &font, double cell)
{
    const double fit = cell / fontHeight(font);
    return fit >= 1.0 ? font : scaledFont(font, std::max(fit, smallestLabelFactor));
}

struct Bands {
    double rowTitle = 0.0, rowLabels = 0.0, columnTitle = 0.0, bar = 0.0;
    double horizontalLabels = 0.0, verticalLabels = 0.0;
    double widestColumnLabel = 0.0;
    double barLength = 0.0; ///< at which its title is whole
};

/// `height`: the room for a colour bar's title.
Bands bandsOf(const HeatmapData &data, const FigureStyle &style, bool tight, double height)
{
    const QFont font = scaledFont(style.font, labelFactor);
    Bands bands;
    bands.rowTitle = data.rowTitle.isEmpty() ? 0.0 : std::ceil(fontHeight(font)) + labelGap;
    bands.columnTitle = data.columnTitle.isEmpty() ? 0.0 : std::ceil(fontHeight(font)) + labelGap;
    bands.rowLabels = data.rowLabels.isEmpty() ? std::ceil(digitsWidth(data.rows, font)) + 2.0 * labelGap
                                               : bandFor(widestLabel(data.rowLabels, font), font, tight);
    bands.horizontalLabels = std::ceil(fontHeight(font)) + labelGap;
    bands.widestColumnLabel = widestLabel(data.columnLabels, font);
    bands.verticalLabels = bandFor(bands.widestColumnLabel, font, tight);
    bands.bar = colourBarGap + colourBarWidth(data.scale, data.valueTitle, height, style);
    bands.barLength =
        std::max(shortestBar, widestLabel({data.valueTitle}, scaledFont(style.font, 0.85)) + 4.0);
    return bands;
}

HeatmapLayout layoutWith(const HeatmapData &data, const QRectF &body, const QRectF &visible,
                         const FigureStyle &style, bool barBelow)
{
    Bands bands = bandsOf(data, style, narrow(body.width(), style), body.height());
    const QFont font = scaledFont(style.font, labelFactor);
    const double line = fontHeight(font);
    const bool bar = barBelow || body.width() >= 2.0 * bands.bar;
    const double right = bar && !barBelow ? bands.bar : 0.0;
    const double below = bar && barBelow ? colourBarGap + colourBarHeight(style) : 0.0;
    // In a tight place labels take a third at most, and what few rows leave.
    bands.rowLabels = std::min(bands.rowLabels, body.width() / 3.0);
    const double leftByRows = body.height() - bands.columnTitle - below - visible.height() * line;
    bands.verticalLabels = std::min(bands.verticalLabels, std::max(body.height() / 3.0, leftByRows));
    const double large = enlargement(font);

    const double left = bands.rowTitle + bands.rowLabels;
    const double width = std::max(1.0, body.width() - left - right);
    const auto cellSize = [&](double columnLabels) {
        const double height = std::max(1.0, body.height() - bands.columnTitle - columnLabels - below);
        QSizeF cell(width / visible.width(), height / visible.height());
        if (isSquare(data)) {
            const double side = std::min({cell.width(), cell.height(), large * largestCell});
            return QSizeF(side, side);
        }
        const double labelled = bands.widestColumnLabel + 2.0 * labelGap;
        return cell.boundedTo(QSizeF(std::max(large * largestCell, labelled), large * largestWideCell));
    };

    HeatmapLayout layout;
    const bool numbered = data.columnLabels.isEmpty();
    layout.verticalColumnLabels =
        !numbered && bands.widestColumnLabel + 2.0 * labelGap > cellSize(bands.verticalLabels).width();
    const double columnLabels = layout.verticalColumnLabels ? bands.verticalLabels : bands.horizontalLabels;
    const QSizeF cell = cellSize(columnLabels);

    layout.cells = QRectF(body.left() + left, body.top() + bands.columnTitle + columnLabels,
                          cell.width() * visible.width(), cell.height() * visible.height());
    layout.rowLabels = QRectF(body.left() + bands.rowTitle, layout.cells.top(), bands.rowLabels - labelGap,
                              layout.cells.height());
    layout.columnLabels = QRectF(layout.cells.left(), body.top() + bands.columnTitle, layout.cells.width(),
                                 columnLabels - labelGap);
    // Titles may be longer than the cells.
    const double down = std::min(widestLabel({data.rowTitle}, font), body.bottom() - layout.cells.top());
    const double across = std::min(widestLabel({data.columnTitle}, font), body.right() - layout.cells.left());
    layout.rowTitle =
        QRectF(body.left(), layout.cells.top(), bands.rowTitle, std::max(down, layout.cells.height()));
    layout.columnTitle =
        QRectF(layout.cells.left(), body.top(), std::max(across, layout.cells.width()), bands.columnTitle);
    layout.rowFont = numbered && data.rowLabels.isEmpty() ? font : fittingFont(font, cell.height());
    layout.columnFont = layout.verticalColumnLabels ? fittingFont(font, cell.width()) : font;
    if (bar && barBelow) {
        // The last tick's label stands out a little.
        const double most = body.right() - layout.cells.left() - 2.0 * labelGap;
        const double length =
            std::min(std::max(layout.cells.width() - 2.0 * labelGap, bands.barLength), most);
        layout.colourBar = {.area = QRectF(layout.cells.left(), layout.cells.bottom() + colourBarGap, length,
                                           colourBarHeight(style)),
                            .vertical = false};
    } else if (bar) {
        const double tall = std::max(layout.cells.height(), shortestBar);
        layout.colourBar = {.area = QRectF(layout.cells.right() + colourBarGap, layout.cells.top(),
                                           bands.bar - colourBarGap,
                                           std::min(tall, body.bottom() - layout.cells.top())),
                            .top = body.top(),
                            .bottom = body.bottom()};
    }
    return layout;
}

double areaOf(const QRectF &rect)
{
    return rect.width() * rect.height();
}

} // namespace

HeatmapLayout heatmapLayout(const HeatmapData &data, const QRectF &body, const QRectF &visible,
                            const FigureStyle &style)
{
    const HeatmapLayout beside = layoutWith(data, body, visible, style, false);
    if (!narrow(body.width(), style))
        return beside;
    const HeatmapLayout below = layoutWith(data, body, visible, style, true);
    return beside.colourBar.area.isEmpty() || areaOf(below.cells) > areaOf(beside.cells) ? below : beside;
}

QSizeF naturalHeatmapSize(const HeatmapData &data, const QRectF &visible, const FigureStyle &style,
                          double atWidth)
{
    const bool fixed = atWidth > 0.0;
    const bool tight = fixed && narrow(atWidth, style);
    constexpr double anyHeight = 1e9; // so that the colour bar's title is one line
    Bands bands = bandsOf(data, style, tight, anyHeight);
    if (fixed)
        bands.rowLabels = std::min(bands.rowLabels, atWidth / 3.0);
    const QFont font = scaledFont(style.font, labelFactor);
    const double line = std::ceil(fontHeight(font)) + 2.0;
    const auto side = [line](double count, bool labelled) {
        if (labelled)
            return std::min(count * line, largestNaturalSide);
        // Numbered: 640 units for the usual widths, as many cells as there are up to a page's size.
        return std::clamp(count, std::min(count * line, 640.0), 1600.0);
    };
    const QSizeF cells = visible.size().expandedTo(QSizeF(1.0, 1.0));
    const double around = bands.rowTitle + bands.rowLabels + (tight ? 0.0 : bands.bar);
    double width = side(cells.width(), !data.columnLabels.isEmpty());
    double height = side(cells.height(), !data.rowLabels.isEmpty());
    if (isSquare(data)) {
        // Few tokens: cells large enough for the value in each.
        const double most = std::max(cells.width(), cells.height());
        double cell =
            std::max(std::min(width / cells.width(), height / cells.height()), std::min(320.0 / most, 48.0));
        if (fixed)
            cell = std::min((atWidth - around) / cells.width(), largestCell);
        width = cell * cells.width();
        height = cell * cells.height();
    } else {
        if (fixed) {
            if (data.rowLabels.isEmpty())
                height = std::min(height, std::max(height * (atWidth - around) / width, 160.0));
            width = atWidth - around;
        }
        height = std::max(height, std::min(largestWideCell * cells.height(), 160.0));
    }
    const bool vertical =
        !data.columnLabels.isEmpty() && bands.widestColumnLabel + 2.0 * labelGap > width / cells.width();
    const double columnLabels = vertical ? bands.verticalLabels : bands.horizontalLabels;
    if (tight)
        height += colourBarGap + colourBarHeight(style);
    else
        height = std::max(height, bands.barLength);
    return {fixed ? atWidth : around + width, bands.columnTitle + columnLabels + height};
}

} // namespace encoderscope
