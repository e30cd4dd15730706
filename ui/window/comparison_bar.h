// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QLabel;
class QToolButton;

namespace encoderscope
{

class Session;

/// There whenever something is switched off: the views show the run as switched, the plain run, or the
/// difference; and a button switches everything on again.
class ComparisonBar : public QWidget
{
    Q_OBJECT

public:
    explicit ComparisonBar(Session &session, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showState();

    Session &session_;
    QLabel *label_;
    QButtonGroup *choices_;
    QToolButton *reset_;
};

} // namespace encoderscope
