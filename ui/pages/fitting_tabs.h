// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabWidget>

namespace encoderscope
{

/// Tabs whose titles are cut short, the longest first, where they do not have room: none has to be scrolled
/// to. A title that is cut is whole in its tool tip.
class FittingTabs : public QTabWidget
{
    Q_OBJECT

public:
    explicit FittingTabs(QWidget *parent = nullptr);

    /// The tabs have the height that there is, as pages have (see PageStack).
    bool hasHeightForWidth() const override { return false; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    class Bar;
    Bar *bar_;
};

} // namespace encoderscope
