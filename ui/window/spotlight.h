// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

namespace encoderscope
{

/// A ring around the pointer, for those who sit far from the screen. It lets every event through.
class Spotlight : public QWidget
{
    Q_OBJECT

public:
    explicit Spotlight(QWidget *window);

    void setOn(bool on);
    bool on() const { return follow_.isActive(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void follow();

    QTimer follow_;
};

} // namespace encoderscope
