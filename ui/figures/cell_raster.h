// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/heatmap_figure.h"

#include <QImage>
#include <QRect>

#include <unordered_map>

class QPainter;

namespace encoderscope
{

/// Turns cells into pixels and keeps what it computed, so that a repaint for the pointer's sake asks for no
/// value again. One for each HeatmapData; not for several threads at once.
class CellRaster
{
public:
    /// The block of cells as an image of at most `pixels`: one pixel a cell or, where several cells share a
    /// pixel, the one of the largest magnitude among them. Beyond 8 million values not every row is asked
    /// for: each pixel then shows the first rows of those that it stands for.
    const QImage &image(const HeatmapData &data, const QRect &block, const QSize &pixels, bool dark);
    double value(const HeatmapData &data, int row, int column);

    /// Paints the cells that `visible` shows into `area`: pixels on a screen or image, rectangles in a vector
    /// file (an image there too when there are more than `mostRectangles`).
    void paint(QPainter &painter, const HeatmapData &data, const QRectF &area, const QRectF &visible,
               bool dark);
    static constexpr int mostRectangles = 40'000;

private:
    struct Key {
        QRect block;
        QSize pixels;
        bool dark = false;
        bool operator==(const Key &) const = default;
    };
    using Row = std::vector<float>;

    void fetch(const HeatmapData &data, const std::vector<int> &rows);
    const Row &row(const HeatmapData &data, int index);
    void paintRectangles(QPainter &painter, const HeatmapData &data, const QRectF &area,
                         const QRectF &visible, const QRect &block, bool dark);

    std::unordered_map<int, Row> rows_;
    Key key_;
    QImage image_;
};

/// True when the painter writes a vector file.
bool paintsVectors(const QPainter &painter);

} // namespace encoderscope
