// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/heatmap.h"

#include <QImage>
#include <QRect>

#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <unordered_map>

class QPainter;

namespace encoderscope
{

/// Turns cells into pixels and keeps what it computed, so that a repaint for the pointer's sake asks for no
/// value again. One for each HeatmapData. What takes long can be prepared on another thread.
class CellRaster
{
public:
    /// A block of cells as an image of at most `pixels`.
    struct Cut {
        QRect block;
        QSize pixels;
        Colouring colouring;
        bool operator==(const Cut &) const = default;
    };

    /// Keeps up to so many values beside the last image.
    explicit CellRaster(std::size_t mostKept = mostValues)
        : mostKept_(mostKept)
    {
    }

    /// One pixel a cell or, where several cells share a pixel, the one of the largest magnitude among them.
    /// Beyond 8 million values not every row is asked for: each pixel then shows the first rows of those that
    /// it stands for.
    /// Throws Stopped.
    QImage image(const HeatmapData &data, const Cut &cut, const std::stop_token &stop = {});
    double value(const HeatmapData &data, int row, int column);

    /// What a paint() has to compute.
    struct Missing {
        Cut cut;
        std::size_t values = 0; ///< to ask for, or as long as that takes
    };
    /// On a screen of `scale` pixels a unit; nothing when the image is there.
    std::optional<Missing> missing(const HeatmapData &data, const QRectF &area, const QRectF &visible,
                                   double scale, const Colouring &colouring);
    /// More than a window should wait for: some milliseconds, when they are attention weights.
    static constexpr std::size_t manyValues = 400'000;
    /// Computes it, beside whatever else is asked of this object meanwhile. Throws Stopped.
    void prepare(const HeatmapData &data, const Cut &cut, const std::stop_token &stop);

    /// Paints the cells that `visible` shows into `area`: pixels on a screen or image, rectangles in a vector
    /// file (an image there too when there are more than `mostRectangles`).
    void paint(QPainter &painter, const HeatmapData &data, const QRectF &area, const QRectF &visible,
               const Colouring &colouring);
    static constexpr int mostRectangles = 40'000;
    static constexpr std::size_t mostValues = 8'000'000;

private:
    using Row = std::shared_ptr<const std::vector<float>>;

    bool has(const Cut &cut) const;
    void fetch(const HeatmapData &data, const std::vector<int> &rows, const std::stop_token &stop);
    void paintRectangles(QPainter &painter, const HeatmapData &data, const QRectF &area,
                         const QRectF &visible, const QRect &block, const Colouring &colouring);

    std::size_t mostKept_;
    std::mutex mutex_;
    std::unordered_map<int, Row> rows_;
    Cut cut_; ///< of image_, which has at most as many pixels as cells
    QImage image_;
};

/// True when the painter writes a vector file.
bool paintsVectors(const QPainter &painter);

} // namespace encoderscope
