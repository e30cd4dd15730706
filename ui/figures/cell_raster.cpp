// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/cell_raster.h"

#include "ui/figures/heatmap_geometry.h"

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

constexpr std::size_t mostValues = 8'000'000;
constexpr std::size_t valuesAtOnce = 1'000'000;
constexpr int mostPixels = 8'192;

/// First cell that pixel `pixel` of `pixels` stands for, of `cells` in all.
int firstCell(int pixel, int pixels, int cells)
{
    return static_cast<int>(static_cast<long long>(pixel) * cells / pixels);
}

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

void CellRaster::fetch(const HeatmapData &data, const std::vector<int> &rows)
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
        const Matrix values = data.values(rows[begin], static_cast<int>(end - begin));
        for (std::size_t index = begin; index < end; ++index) {
            const float *first = values.data() + (index - begin) * columns;
            rows_.emplace(rows[index], Row(first, first + columns));
        }
        begin = end;
    }
}

const CellRaster::Row &CellRaster::row(const HeatmapData &data, int index)
{
    fetch(data, {index});
    return rows_.at(index);
}

double CellRaster::value(const HeatmapData &data, int rowIndex, int column)
{
    return static_cast<double>(row(data, rowIndex)[static_cast<std::size_t>(column)]);
}

const QImage &CellRaster::image(const HeatmapData &data, const QRect &block, const QSize &pixels, bool dark)
{
    const QSize size =
        pixels.boundedTo(block.size()).boundedTo(QSize(mostPixels, mostPixels)).expandedTo(QSize(1, 1));
    const Key key{block, size, dark};
    if (!image_.isNull() && key == key_)
        return image_;

    const std::size_t rowBudget =
        std::max<std::size_t>(1, mostValues / static_cast<std::size_t>(std::max(1, data.columns)));
    const int rowsAPixel =
        static_cast<int>(std::max<std::size_t>(1, rowBudget / static_cast<std::size_t>(size.height())));
    const auto span = [&](int y) {
        const int first = firstCell(y, size.height(), block.height());
        const int end = std::max(first + 1, firstCell(y + 1, size.height(), block.height()));
        return std::pair(block.y() + first, block.y() + std::min(end, first + rowsAPixel));
    };
    std::vector<int> wanted;
    for (int y = 0; y < size.height(); ++y) {
        for (int row = span(y).first; row < span(y).second; ++row)
            wanted.push_back(row);
    }
    fetch(data, wanted);

    ColourScale scale = data.scale;
    scale.dark = dark;
    QImage picture(size, QImage::Format_RGB32);
    Row together(static_cast<std::size_t>(block.width())); // the largest of the rows that share a pixel
    for (int y = 0; y < size.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(picture.scanLine(y));
        std::fill(together.begin(), together.end(), 0.0F);
        for (int row = span(y).first; row < span(y).second; ++row)
            std::transform(together.begin(), together.end(), rows_.at(row).begin() + block.x(),
                           together.begin(), larger);
        for (int x = 0; x < size.width(); ++x) {
            const int first = firstCell(x, size.width(), block.width());
            const int end = std::max(first + 1, firstCell(x + 1, size.width(), block.width()));
            float largest = 0.0F;
            for (int column = first; column < end; ++column)
                largest = larger(largest, together[static_cast<std::size_t>(column)]);
            line[x] = scale.colour(static_cast<double>(largest));
        }
    }
    image_ = picture;
    key_ = key;
    return image_;
}

void CellRaster::paintRectangles(QPainter &painter, const HeatmapData &data, const QRectF &area,
                                 const QRectF &visible, const QRect &block, bool dark)
{
    const QImage &cells = image(data, block, block.size(), dark);
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
                       bool dark)
{
    const QRect block = coveringCells(visible, data.rows, data.columns);
    if (block.isEmpty() || area.isEmpty())
        return;
    const bool vectors = paintsVectors(painter);
    if (vectors && static_cast<long long>(block.width()) * block.height() <= mostRectangles) {
        paintRectangles(painter, data, area, visible, block, dark);
        return;
    }
    const QRectF target = blockRect(area, visible, block);
    const double scale = vectors ? 4.0 : std::abs(painter.deviceTransform().m11());
    const QSize pixels(static_cast<int>(std::ceil(target.width() * scale)),
                       static_cast<int>(std::ceil(target.height() * scale)));
    const QImage &cells = image(data, block, pixels, dark);
    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.drawImage(target, cells, QRectF(cells.rect()));
    painter.restore();
}

} // namespace encoderscope
