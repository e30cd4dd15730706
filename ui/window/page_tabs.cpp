// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/page_tabs.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <vector>

namespace encoderscope
{

PageTabs::PageTabs(QWidget *parent)
    : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
}

namespace
{

constexpr int wide = 24; // beside a title, both sides together
constexpr int narrow = 8;
constexpr int shortest = 32; // of a title that is cut short
constexpr int claimed = 540; // at most, in a small window: that all titles of the usual size are seen whole

} // namespace

int PageTabs::titleWidth(int index) const
{
    const auto [width, isNew] = titleWidths_.try_emplace(tabText(index));
    if (isNew)
        width->second = fontMetrics().boundingRect(QRect(), Qt::TextShowMnemonic, width->first).width();
    return width->second;
}

void PageTabs::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        titleWidths_.clear();
    QTabBar::changeEvent(event);
}

QSize PageTabs::minimumSizeHint() const
{
    int all = 0;
    for (int tab = 0; tab < count(); ++tab)
        all += titleWidth(tab) + narrow;
    return {std::min(all, claimed), QTabBar::minimumSizeHint().height()};
}

QSize PageTabs::tabSizeHint(int index) const
{
    std::vector<int> titles;
    for (int tab = 0; tab < count(); ++tab)
        titles.push_back(titleWidth(tab));
    const int room = parentWidget() ? std::max(width(), 1) : 0;
    const auto needed = [&](int longest) {
        int sum = 0;
        for (const int title : titles)
            sum += std::min(title, longest) + narrow;
        return sum;
    };
    int longest = *std::max_element(titles.begin(), titles.end());
    const int spare = room - needed(longest);
    while (longest > shortest && needed(longest) > room)
        --longest;
    const int around = narrow + std::clamp(spare / count(), 0, wide - narrow);
    return {std::min(titleWidth(index), longest) + around, fontMetrics().height() + 14};
}

void PageTabs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int under = tabAt(mapFromGlobal(QCursor::pos()));
    for (int index = 0; index < count(); ++index) {
        const QRectF rect = tabRect(index);
        const bool shown = index == currentIndex();
        if (index == under && !shown) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(palette().color(QPalette::Midlight));
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -4), 5, 5);
        }
        QColor colour = palette().color(QPalette::WindowText);
        if (!shown)
            colour.setAlphaF(0.7F);
        painter.setPen(colour);
        const QString title =
            titleWidth(index) + narrow <= rect.width()
                ? tabText(index)
                : fontMetrics().elidedText(tabText(index), Qt::ElideRight,
                                           static_cast<int>(rect.width()) - narrow / 2, Qt::TextShowMnemonic);
        painter.drawText(rect.adjusted(0, 0, 0, -2), Qt::AlignCenter | Qt::TextShowMnemonic, title);
        if (shown) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(palette().color(QPalette::Highlight));
            painter.drawRoundedRect(QRectF(rect.left() + 8, rect.bottom() - 2.5, rect.width() - 16, 2.5), 1.2,
                                    1.2);
        }
        if (shown && hasFocus()) {
            painter.setPen(QPen(palette().color(QPalette::Highlight), 1.0, Qt::DashLine));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(rect.adjusted(3, 3, -3, -5), 4, 4);
        }
    }
}

} // namespace encoderscope
