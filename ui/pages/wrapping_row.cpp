// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/wrapping_row.h"

#include <QLabel>
#include <QStyle>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int betweenLines = 4;

int heightOf(const QLayoutItem &item, int width)
{
    return item.hasHeightForWidth() ? item.heightForWidth(width) : item.sizeHint().height();
}

} // namespace

/// What stays together in a line: a label and its field, or one item; or a stretch.
struct WrappingRow::Group {
    std::vector<QLayoutItem *> items;
    int width = 0;
    bool stretch = false;
};

struct WrappingRow::Line {
    std::vector<Group> groups;
    int width = 0;
};

WrappingRow::WrappingRow(QWidget *parent)
    : QLayout(parent)
{
}

WrappingRow::~WrappingRow() = default;

void WrappingRow::addStretch()
{
    addItem(new QSpacerItem(0, 0, QSizePolicy::Expanding, QSizePolicy::Minimum));
}

void WrappingRow::addItem(QLayoutItem *item)
{
    items_.emplace_back(item);
    invalidate();
}

QLayoutItem *WrappingRow::itemAt(int index) const
{
    return index < 0 || index >= count() ? nullptr : items_[static_cast<std::size_t>(index)].get();
}

QLayoutItem *WrappingRow::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *item = items_[static_cast<std::size_t>(index)].release();
    items_.erase(items_.begin() + index);
    invalidate();
    return item;
}

std::vector<WrappingRow::Group> WrappingRow::groups() const
{
    std::vector<Group> all;
    const QWidget *expected = nullptr; // by the label before
    for (const auto &item : items_) {
        if (item->spacerItem()) {
            all.push_back({.items = {}, .stretch = true});
            expected = nullptr;
            continue;
        }
        if (item->isEmpty())
            continue;
        const int width = item->sizeHint().width();
        if (expected && item->widget() == expected) {
            all.back().items.push_back(item.get());
            all.back().width += spacing() + width;
        } else {
            all.push_back({.items = {item.get()}, .width = width});
        }
        const auto *label = qobject_cast<const QLabel *>(item->widget());
        expected = label ? label->buddy() : nullptr;
    }
    return all;
}

std::vector<WrappingRow::Line> WrappingRow::linesIn(int width) const
{
    std::vector<Line> lines(1);
    bool empty = true;
    for (const Group &group : groups()) {
        if (group.stretch) {
            lines.back().groups.push_back(group);
            continue;
        }
        if (!empty && lines.back().width + spacing() + group.width > width) {
            // What was to stand at the right end still does.
            const bool right = lines.back().groups.back().stretch;
            lines.emplace_back();
            if (right)
                lines.back().groups.push_back({.items = {}, .stretch = true});
            empty = true;
        }
        lines.back().width += (empty ? 0 : spacing()) + group.width;
        lines.back().groups.push_back(group);
        empty = false;
    }
    return lines;
}

int WrappingRow::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    const int inside = width - margins.left() - margins.right();
    int height = margins.top() + margins.bottom() - betweenLines;
    for (const Line &line : linesIn(inside)) {
        int highest = 0;
        for (const Group &group : line.groups) {
            for (const QLayoutItem *item : group.items)
                highest = std::max(highest, heightOf(*item, std::min(item->sizeHint().width(), inside)));
        }
        height += betweenLines + highest;
    }
    return height;
}

QSize WrappingRow::sizeHint() const
{
    QSize size;
    for (const Line &line : linesIn(QWIDGETSIZE_MAX)) {
        size = QSize(line.width, 0);
        for (const Group &group : line.groups) {
            for (const QLayoutItem *item : group.items)
                size.setHeight(std::max(size.height(), item->sizeHint().height()));
        }
    }
    return size.grownBy(contentsMargins());
}

QSize WrappingRow::minimumSize() const
{
    QSize size(0, 0);
    for (const Group &group : groups()) {
        int width = group.items.empty() ? 0 : spacing() * (static_cast<int>(group.items.size()) - 1);
        for (const QLayoutItem *item : group.items) {
            width += item->minimumSize().width();
            size.setHeight(std::max(size.height(), item->minimumSize().height()));
        }
        size.setWidth(std::max(size.width(), width));
    }
    return size.grownBy(contentsMargins());
}

void WrappingRow::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const QRect inside = rect.marginsRemoved(contentsMargins());
    int top = inside.top();
    for (const Line &line : linesIn(inside.width())) {
        int highest = 0;
        for (const Group &group : line.groups) {
            for (const QLayoutItem *item : group.items)
                highest =
                    std::max(highest, heightOf(*item, std::min(item->sizeHint().width(), inside.width())));
        }
        place(line, QRect(inside.left(), top, inside.width(), highest));
        top += highest + betweenLines;
    }
}

/// What is left over goes to the stretches of the line, or, where it has none, to items that want it.
void WrappingRow::place(const Line &line, const QRect &rect) const
{
    const auto wants = [](const QLayoutItem *item) {
        return bool(item->expandingDirections() & Qt::Horizontal);
    };
    int stretches = 0;
    int wanting = 0;
    for (const Group &group : line.groups) {
        stretches += group.stretch ? 1 : 0;
        wanting += static_cast<int>(std::count_if(group.items.begin(), group.items.end(), wants));
    }
    const int left = rect.width() - line.width;
    const Qt::LayoutDirection direction =
        parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    int x = rect.left();
    for (const Group &group : line.groups) {
        if (group.stretch && left > 0)
            x += left / stretches;
        for (QLayoutItem *item : group.items) {
            int width = item->sizeHint().width();
            if (stretches == 0 && left > 0 && wants(item))
                width = std::min(width + left / wanting, item->maximumSize().width());
            else if (left < 0 && item == group.items.back()) // a line of one group
                width = std::max(width + left, item->minimumSize().width());
            const int height = heightOf(*item, width);
            const QRect area(x, rect.top() + (rect.height() - height) / 2, width, height);
            item->setGeometry(QStyle::visualRect(direction, rect, area));
            x += width + spacing();
        }
    }
}

} // namespace encoderscope
