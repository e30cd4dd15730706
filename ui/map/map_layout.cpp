// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/map/map_layout.h"

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double margin = 10.0;
constexpr double gap = 12.0; // between blocks, where the arrows are
constexpr double padding = 7.0;
constexpr double between = 4.0; // between thumbnails
constexpr QSizeF toggleSize(26.0, 14.0);
constexpr QSizeF headToggleSize(18.0, 10.0);
constexpr double headToggleBand = 15.0;

int headsInARow(int heads)
{
    return heads <= 4 ? std::max(1, heads) : heads <= 8 ? 4 : 6;
}

/// A switch at the right end of a line.
QRectF toggleAtEnd(const QRectF &line)
{
    return {line.right() - toggleSize.width(), line.center().y() - toggleSize.height() / 2,
            toggleSize.width(), toggleSize.height()};
}

QRectF labelBefore(const QRectF &line, const QRectF &end)
{
    return {line.left(), line.top(), std::max(0.0, end.left() - line.left() - 4.0), line.height()};
}

class Builder
{
public:
    Builder(int layers, int heads, double width, double lineHeight)
        : layers_(layers)
        , heads_(heads)
        , inARow_(headsInARow(heads))
        , down_((heads + inARow_ - 1) / inARow_)
        , left_(margin)
        , width_(std::max(180.0, width) - 2 * margin)
        , line_(std::ceil(std::max(lineHeight, toggleSize.height()) + 4.0))
    {
        const double inner = width_ - 2 * padding;
        attentionWidth_ = std::floor((inner - padding) * 0.72);
        side_ = std::floor((attentionWidth_ - 2 * padding - (inARow_ - 1) * between) / inARow_);
    }

    MapLayout build()
    {
        double y = margin;
        y = addBox(MapPart::Kind::output, y, false) + gap;
        if (heads_ > 1)
            y = addHeadColumns(y) + gap * 0.5;
        for (int layer = layers_ - 1; layer >= 0; --layer)
            y = addLayer(layer, y) + gap;
        y = addBox(MapPart::Kind::positions, y, true) + gap;
        y = addBox(MapPart::Kind::embedding, y, false) + margin;
        layout_.size = QSizeF(width_ + 2 * margin, y);
        return layout_;
    }

private:
    double addBox(MapPart::Kind kind, double y, bool switched)
    {
        const QRectF frame(left_, y, width_, line_ + 2 * padding);
        const QRectF line = frame.adjusted(padding, padding, -padding, -padding);
        const QRectF toggle = switched ? toggleAtEnd(line) : QRectF();
        const double right = switched ? toggle.left() - padding : line.right();
        const double begin = line.left() + width_ * 0.45;
        const QRectF thumbnail(begin, line.top(), right - begin, line.height());
        layout_.items.push_back({{kind}, frame, labelBefore(line, thumbnail), thumbnail, toggle});
        return frame.bottom();
    }

    QRectF headCell(int head, const QPointF &corner, double height) const
    {
        return {corner.x() + head % inARow_ * (side_ + between),
                corner.y() + static_cast<double>(head / inARow_) * height, side_, height};
    }

    static QRectF headToggle(const QRectF &cell)
    {
        const double width = std::min(headToggleSize.width(), cell.width());
        return {cell.center().x() - width / 2, cell.bottom() - headToggleBand + 2.0, width,
                headToggleSize.height()};
    }

    /// The switches of a head index in all layers, above the layers' heads.
    double addHeadColumns(double y)
    {
        const double height = line_ + headToggleBand - 4.0;
        for (int head = 0; head < heads_; ++head) {
            const QRectF cell = headCell(head, {left_ + 2 * padding, y}, height);
            layout_.items.push_back({{MapPart::Kind::headColumn, -1, head},
                                     cell,
                                     QRectF(cell.left(), cell.top(), cell.width(), line_ - 4.0),
                                     QRectF(),
                                     headToggle(cell)});
        }
        return y + down_ * height;
    }

    double addLayer(int layer, double y)
    {
        const double cellHeight = side_ + headToggleBand;
        const double bodyHeight = line_ + down_ * cellHeight + (down_ - 1) * 2.0 + padding;
        const QRectF frame(left_, y, width_, padding + line_ + 3.0 + bodyHeight + padding);
        const QRectF head(frame.left() + padding, frame.top() + padding - 2.0, frame.width() - 2 * padding,
                          line_);
        const QRectF toggle = toggleAtEnd(head);
        layout_.items.push_back(
            {{MapPart::Kind::layer, layer}, frame, labelBefore(head, toggle), QRectF(), toggle});

        const double top = head.bottom() + 3.0;
        const QRectF attention(frame.left() + padding, top, attentionWidth_, bodyHeight);
        addSublayer({MapPart::Kind::attention, layer}, attention, QRectF());
        for (int index = 0; index < heads_; ++index) {
            const QRectF cell =
                headCell(index, {attention.left() + padding, attention.top() + line_}, cellHeight + 2.0);
            layout_.items.push_back({{MapPart::Kind::head, layer, index},
                                     cell,
                                     QRectF(),
                                     QRectF(cell.left(), cell.top(), side_, side_),
                                     headToggle(cell.adjusted(0, 0, 0, -2.0))});
        }
        const QRectF feedForward(attention.right() + padding, top,
                                 frame.right() - padding - attention.right() - padding, bodyHeight);
        addSublayer({MapPart::Kind::feedForward, layer}, feedForward,
                    feedForward.adjusted(padding, line_, -padding, -padding - headToggleBand));
        return frame.bottom();
    }

    void addSublayer(const MapPart &part, const QRectF &frame, const QRectF &thumbnail)
    {
        const QRectF line(frame.left() + padding, frame.top(), frame.width() - 2 * padding, line_);
        // The FFN is too narrow for its name and its switch in one line.
        const bool below = !thumbnail.isNull();
        const QRectF toggle = below ? QRectF(frame.center().x() - toggleSize.width() / 2,
                                             frame.bottom() - padding - toggleSize.height() + 3.0,
                                             toggleSize.width(), toggleSize.height())
                                    : toggleAtEnd(line);
        layout_.items.push_back({part, frame, below ? line : labelBefore(line, toggle), thumbnail, toggle});
    }

    int layers_, heads_, inARow_, down_;
    double left_, width_, line_;
    double attentionWidth_ = 0.0;
    double side_ = 0.0; ///< of a head's thumbnail
    MapLayout layout_;
};

} // namespace

const MapItem *MapLayout::at(const QPointF &point) const
{
    const auto found = std::find_if(items.rbegin(), items.rend(),
                                    [&](const MapItem &item) { return item.frame.contains(point); });
    return found == items.rend() ? nullptr : &*found;
}

const MapItem *MapLayout::find(const MapPart &part) const
{
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const MapItem &item) { return item.part == part; });
    return found == items.end() ? nullptr : &*found;
}

MapLayout mapLayout(int layers, int heads, double width, double lineHeight)
{
    return Builder(layers, heads, width, lineHeight).build();
}

} // namespace encoderscope
