// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

#include <map>

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
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    QSize tabSizeHint(int index) const override;

private:
    int titleWidth(int index) const;

    mutable std::map<QString, int> titleWidths_; ///< each tab's hint depends on all
};

} // namespace encoderscope
