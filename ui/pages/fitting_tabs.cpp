// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/fitting_tabs.h"

#include "ui/plain_text.h"

#include <QHelpEvent>
#include <QMap>
#include <QResizeEvent>
#include <QTabBar>
#include <QToolTip>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr int shortestTab = 40;

} // namespace

class FittingTabs::Bar : public QTabBar
{
public:
    explicit Bar(FittingTabs *tabs)
        : QTabBar(tabs)
        , tabs_(tabs)
    {
        setElideMode(Qt::ElideRight);
        setExpanding(false);
    }

    /// Not all titles are whole where there is so much room.
    bool crowded(int room) const
    {
        int all = 0;
        for (int tab = 0; tab < count(); ++tab)
            all += isTabVisible(tab) ? wholeWidth(tab) : 0;
        return all > room;
    }
    /// After the room has changed.
    void layOutAgain() { setElideMode(elideMode()); }

protected:
    QSize tabSizeHint(int index) const override
    {
        const int room = tabs_->width();
        const auto needed = [this](int longest) {
            int sum = 0;
            for (int tab = 0; tab < count(); ++tab)
                sum += isTabVisible(tab) ? std::min(wholeWidth(tab), longest) : 0;
            return sum;
        };
        int longest = wholeWidth(index);
        if (crowded(room)) {
            for (int tab = 0; tab < count(); ++tab)
                longest = std::max(longest, wholeWidth(tab));
            while (longest > shortestTab && needed(longest) > room)
                --longest;
        }
        return {std::min(wholeWidth(index), longest), QTabBar::tabSizeHint(index).height()};
    }

    bool event(QEvent *event) override
    {
        const bool done = QTabBar::event(event);
        if (event->type() == QEvent::ToolTip) {
            const auto *help = static_cast<QHelpEvent *>(event);
            const int tab = tabAt(help->pos());
            if (tab >= 0 && tabRect(tab).width() < wholeWidth(tab))
                QToolTip::showText(help->globalPos(), plainToolTip(tabText(tab)), this);
        }
        return done;
    }

    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
            widths_.clear();
        QTabBar::changeEvent(event);
    }

private:
    /// At which the title is whole. Measured once: a layout asks many times.
    int wholeWidth(int tab) const
    {
        const QString title = tabText(tab);
        const auto known = widths_.constFind(title);
        return known != widths_.constEnd() ? *known
                                           : *widths_.insert(title, QTabBar::tabSizeHint(tab).width());
    }

    FittingTabs *tabs_;
    mutable QMap<QString, int> widths_;
};

FittingTabs::FittingTabs(QWidget *parent)
    : QTabWidget(parent)
    , bar_(new Bar(this))
{
    setTabBar(bar_);
    setDocumentMode(true);
}

void FittingTabs::resizeEvent(QResizeEvent *event)
{
    if (bar_->crowded(event->oldSize().width()) || bar_->crowded(event->size().width()))
        bar_->layOutAgain();
    QTabWidget::resizeEvent(event);
}

} // namespace encoderscope
