// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace encoderscope
{

/// The pages' names in a row, the shown one underlined. Where there is little room they stand closer, then
/// long ones are cut short.
class PageTabs : public QTabBar
{
    Q_OBJECT

public:
    explicit PageTabs(QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    QSize tabSizeHint(int index) const override;

private:
    int titleWidth(int index) const;
};

} // namespace encoderscope
