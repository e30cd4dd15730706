// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/figure_order.h"

#include <QStackedWidget>
#include <QStringList>

#include <vector>

namespace encoderscope
{

class Page;
class Session;

/// In the order in which the pages are listed, which is that of their names in a session's state.
struct PageIndex {
    enum : int { embedding, positions, attention, feedForward, output, training, why, weights, corpus };
};

/// The pages. Each is made when it is first needed, so that the window does not wait for those that nobody
/// has asked for yet.
class PageStack : public QStackedWidget
{
    Q_OBJECT

public:
    explicit PageStack(Session &session, QWidget *parent = nullptr);

    static QStringList titles();
    Page *page(int index);
    Page *current() const;
    /// Every figure of every page.
    std::vector<FigureOrder> figures();
    /// Those that are not there yet, one after the other, between the window's other events.
    void makeRest();

    /// The pages have all the height that there is. None is asked how much it needs for each width, which
    /// would lay out every text of every page whenever one of them changes.
    bool hasHeightForWidth() const override { return false; }

Q_SIGNALS:
    void made(encoderscope::Page *page);

private:
    Session &session_;
    std::vector<Page *> pages_; ///< by index; null before it is made
};

} // namespace encoderscope
