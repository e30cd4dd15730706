// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/cell_raster.h"

#include "ui/figures/colour_table.h"
#include "ui/figures/heatmap_geometry.h"
#include "ui/jobs/stopped.h"

#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <map>

namespace encoderscope
{

namespace
{

constexpr std::size_t valuesAtOnce = 1'000'000;
constexpr int mostPixels = 8'192;
/// Values that are there already are gone through so many times as fast as others are computed; about as fast
/// as pixels are coloured.
constexpr std::size_t quickerThanAsking = 8;

/// First cell that pixel `pixel` of `pixels` stands for, of `cells` in all.
int firstCell(int pixel, int pixels, int cells)
{
    return static_cast<int>(static_cast<long long>(pixel) * cells / pixels);
}

/// No more pixels than cells, and at least one.
CellRaster::Cut sensible(const CellRaster::Cut &cut)
{
    return {cut.block,
            cut.pixels.boundedTo(cut.block.size())
                .boundedTo(QSize(mostPixels, mostPixels))
                .expandedTo(QSize(1, 1)),
            cut.colouring};
}

/// What paint() needs for a screen, or for an image in a vector file.
CellRaster::Cut cutFor(const QRect &block, const QRectF &target, double scale, const Colouring &colouring)
{
    return {block,
            QSize(static_cast<int>(std::ceil(target.width() * scale)),
                  static_cast<int>(std::ceil(target.height() * scale))),
            colouring};
}

/// The rows that the pixels of an image show.
class ShownRows
{
public:
    ShownRows(const HeatmapData &data, const CellRaster::Cut &cut)
        : top_(cut.block.y())
        , rows_(cut.block.height())
        , pixels_(cut.pixels.height())
    {
        const auto columns = static_cast<std::size_t>(std::max(1, data.columns));
        const std::size_t budget = std::max<std::size_t>(1, CellRaster::mostValues / columns);
        aPixel_ = static_cast<int>(std::max<std::size_t>(1, budget / static_cast<std::size_t>(pixels_)));
    }
    /// First row and the one after the last.
    std::pair<int, int> of(int pixel) const
    {
        const int first = firstCell(pixel, pixels_, rows_);
        const int end = std::max(first + 1, firstCell(pixel + 1, pixels_, rows_));
        return {top_ + first, top_ + std::min(end, first + aPixel_)};
    }
    std::vector<int> all() const
    {
        std::vector<int> rows;
        for (int pixel = 0; pixel < pixels_; ++pixel) {
            for (int row = of(pixel).first; row < of(pixel).second; ++row)
                rows.push_back(row);
        }
        return rows;
    }

private:
    int top_, rows_, pixels_;
    int aPixel_;
};

/// Not-a-number wins: it must be seen. Without branches, so that many are compared at a time.
float larger(float a, float b)
{
    const bool stays = (std::abs(b) <= std::abs(a)) | (a != a);
    return stays ? a : b;
}

} // namespace

bool paintsVectors(const QPainter &painter)
{
    switch (painter.paintEngine()->type()) {
    case QPaintEngine::SVG:
    case QPaintEngine::Pdf:
    case QPaintEngine::Picture:
        return true;
    default:
        return false;
    }
}

void CellRaster::fetch(const HeatmapData &data, const std::vector<int> &rows, const std::stop_token &stop)
{
    const auto columns = static_cast<std::size_t>(data.columns);
    if ((rows_.size() + rows.size()) * columns > mostValues) {
        const auto wanted = [&rows](const auto &entry) {
            return std::binary_search(rows.begin(), rows.end(), entry.first);
        };
        std::erase_if(rows_, [&wanted](const auto &entry) { return !wanted(entry); });
    }
    const std::size_t atOnce = std::max<std::size_t>(1, valuesAtOnce / std::max<std::size_t>(1, columns));
    for (std::size_t begin = 0; begin < rows.size();) {
        if (rows_.contains(rows[begin])) {
            ++begin;
            continue;
        }
        std::size_t end = begin + 1;
        while (end < rows.size() && end - begin < atOnce && rows[end] == rows[end - 1] + 1 &&
               !rows_.contains(rows[end]))
            ++end;
        throwIfStopped(stop);
        const Matrix values = data.values(rows[begin], static_cast<int>(end - begin));
        for (std::size_t index = begin; index < end; ++index) {
            const float *first = values.data() + (index - begin) * columns;
            rows_.emplace(rows[index], std::make_shared<std::vector<float>>(first, first + columns));
        }
        begin = end;
    }
}

double CellRaster::value(const HeatmapData &data, int rowIndex, int column)
{
    const std::lock_guard lock(mutex_);
    fetch(data, {rowIndex}, {});
    return static_cast<double>(rows_.at(rowIndex)->at(static_cast<std::size_t>(column)));
}

bool CellRaster::has(const Cut &cut) const
{
    return !image_.isNull() && cut_ == cut;
}

std::optional<CellRaster::Missing> CellRaster::missing(const HeatmapData &data, const QRectF &area,
                                                       const QRectF &visible, double scale,
                                                       const Colouring &colouring)
{
    const QRect block = coveringCells(visible, data.rows, data.columns);
    if (block.isEmpty() || area.isEmpty())
        return std::nullopt;
    const Cut cut = sensible(cutFor(block, blockRect(area, visible, block), scale, colouring));
    const std::lock_guard lock(mutex_);
    if (has(cut))
        return std::nullopt;
    const std::vector<int> rows = ShownRows(data, cut).all();
    const auto unknown = static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [this](int row) { return !rows_.contains(row); }));
    const auto goneThrough = rows.size() * static_cast<std::size_t>(block.width());
    const auto pixels =
        static_cast<std::size_t>(cut.pixels.width()) * static_cast<std::size_t>(cut.pixels.height());
    return Missing{cut, unknown * static_cast<std::size_t>(data.columns) +
                            (goneThrough + pixels) / quickerThanAsking};
}

void CellRaster::prepare(const HeatmapData &data, const Cut &cut, const std::stop_token &stop)
{
    CellRaster apart(mostKept_);
    {
        const std::lock_guard lock(mutex_);
        apart.rows_ = rows_;
    }
    apart.image(data, cut, stop);
    const std::lock_guard lock(mutex_);
    rows_.swap(apart.rows_);
    cut_ = apart.cut_;
    image_ = apart.image_;
}

QImage CellRaster::image(const HeatmapData &data, const Cut &wanted, const std::stop_token &stop)
{
    const Cut cut = sensible(wanted);
    const std::lock_guard lock(mutex_);
    if (has(cut))
        return image_;
    const auto &[block, size, colouring] = cut;
    const ShownRows shown(data, cut);
    fetch(data, shown.all(), stop);

    QImage picture(size, QImage::Format_RGB32);
    const ColourTable colours(data.scale, colouring, qint64{size.width()} * size.height());
    std::vector<int> columns; // the first of each pixel, and the one after the last
    for (int x = 0; x <= size.width(); ++x)
        columns.push_back(firstCell(x, size.width(), block.width()));
    std::vector<float> together(
        static_cast<std::size_t>(block.width())); // the largest of the rows that share a pixel
    for (int y = 0; y < size.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(picture.scanLine(y));
        std::fill(together.begin(), together.end(), 0.0F);
        for (int row = shown.of(y).first; row < shown.of(y).second; ++row)
            std::transform(together.begin(), together.end(), rows_.at(row)->begin() + block.x(),
                           together.begin(), larger);
        for (int x = 0; x < size.width(); ++x) {
            const int first = columns[static_cast<std::size_t>(x)];
            const int end = columns[static_cast<std::size_t>(x) + 1];
            float largest = 0.0F;
            for (int column = first; column < end; ++column)
                largest = larger(largest, together[static_cast<std::size_t>(column)]);
            line[x] = colours.colour(static_cast<double>(largest));
        }
    }
    image_ = picture;
    cut_ = cut;
    if (rows_.size() * static_cast<std::size_t>(data.columns) > mostKept_)
        rows_.clear();
    return image_;
}

void CellRaster::paintRectangles(QPainter &painter, const HeatmapData &data, const QRectF &area,
                                 const QRectF &visible, const QRect &block, const Colouring &colouring)
{
    const QImage cells = image(data, {block, block.size(), colouring});
    // Neighbours overlap a little, and the most frequent colour lies below all of them, or viewers that
    // smooth edges show the paper as hairlines between cells.
    constexpr double overlap = 0.2;
    std::map<QRgb, QPainterPath> paths;
    std::map<QRgb, int> counts;
    for (int y = 0; y < block.height(); ++y) {
        for (int x = 0; x < block.width();) {
            const QRgb colour = cells.pixel(x, y);
            int end = x + 1;
            while (end < block.width() && cells.pixel(end, y) == colour)
                ++end;
            const QRectF run = blockRect(area, visible, QRect(block.x() + x, block.y() + y, end - x, 1));
            const QRectF seamless = run.adjusted(0.0, 0.0, overlap, overlap).intersected(area);
            if (!seamless.isEmpty())
                paths[colour].addRect(seamless);
            counts[colour] += end - x;
            x = end;
        }
    }
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto &a, const auto &b) { return a.second < b.second; });
    painter.save();
    painter.setPen(Qt::NoPen);
    painter.fillRect(blockRect(area, visible, block).intersected(area), QColor::fromRgb(most->first));
    for (auto &[colour, path] : paths) {
        path.setFillRule(Qt::WindingFill);
        painter.setBrush(QColor::fromRgb(colour));
        painter.drawPath(path);
    }
    painter.restore();
}

void CellRaster::paint(QPainter &painter, const HeatmapData &data, const QRectF &area, const QRectF &visible,
                       const Colouring &colouring)
{
    const QRect block = coveringCells(visible, data.rows, data.columns);
    if (block.isEmpty() || area.isEmpty())
        return;
    const bool vectors = paintsVectors(painter);
    if (vectors && static_cast<long long>(block.width()) * block.height() <= mostRectangles) {
        paintRectangles(painter, data, area, visible, block, colouring);
        return;
    }
    const QRectF target = blockRect(area, visible, block);
    const double scale = vectors ? 4.0 : std::abs(painter.deviceTransform().m11());
    const QImage cells = image(data, cutFor(block, target, scale, colouring));
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.drawImage(target, cells, QRectF(cells.rect()));
    painter.restore();
}

} // namespace encoderscope
