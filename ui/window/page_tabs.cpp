// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/page_tabs.h"

#include <QPainter>

#include <algorithm>

namespace encoderscope
{

namespace
{

// Around a tab's text.
constexpr int narrowest = 10;
constexpr int widest = 24;

} // namespace

PageTabs::PageTabs(QWidget *parent)
    : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
}

QSize PageTabs::tabSizeHint(int index) const
{
    const auto textWidth = [this](int tab) {
        return fontMetrics().boundingRect(QRect(), Qt::TextShowMnemonic, tabText(tab)).width();
    };
    // In a narrow window the tabs stand closer before any is out of sight.
    int texts = 0;
    for (int tab = 0; tab < count(); ++tab)
        texts += textWidth(tab);
    const int around = std::clamp((width() - texts) / std::max(1, count()), narrowest, widest);
    return {textWidth(index) + around, fontMetrics().height() + 14};
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
        painter.drawText(rect.adjusted(0, 0, 0, -2), Qt::AlignCenter | Qt::TextShowMnemonic, tabText(index));
        if (shown) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(palette().color(QPalette::Highlight));
            painter.drawRoundedRect(QRectF(rect.left() + 4, rect.bottom() - 2.5, rect.width() - 8, 2.5), 1.2,
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
