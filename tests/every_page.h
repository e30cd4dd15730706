// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/main_window.h"

#include <QTabWidget>

#include <functional>

namespace encoderscope
{

/// Shows each page of a window and each tab of it, one after another, and calls `look` for each.
inline void look_at_every_page(MainWindow &window, const std::function<void()> &look)
{
    for (int page = 0; page < static_cast<int>(window.pageTitles().size()); ++page) {
        window.showPage(page);
        look();
        for (QTabWidget *tabs : window.findChildren<QTabWidget *>()) {
            for (int tab = 0; tabs->isVisible() && tab < tabs->count(); ++tab) {
                if (tab == tabs->currentIndex() || !tabs->isTabVisible(tab))
                    continue;
                tabs->setCurrentIndex(tab);
                look();
            }
        }
    }
}

} // namespace encoderscope
