// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace encoderscope
{

class AlignmentStrip;
class Session;

/// The alignment of the run's tokens with those of what it is compared with, where both have other tokens and
/// the user wants to see it: how to correct it, what a correction cost, and a button that takes all of them
/// back.
class AlignmentBar : public QFrame
{
    Q_OBJECT

public:
    explicit AlignmentBar(Session &session, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showState();
    void say(const QString &released);

    Session &session_;
    AlignmentStrip *strip_;
    QLabel *now_, *reference_; ///< names of the rows
    QLabel *hint_;
    QToolButton *automatic_, *close_;
    QString released_;
};

} // namespace encoderscope
