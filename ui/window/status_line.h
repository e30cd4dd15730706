// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/compared_trace.h"

#include <QStatusBar>
#include <QTimer>

class QLabel;

namespace encoderscope
{

class Session;

/// What runs and how long it took; and what is the matter when something is.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(Session &session, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showState();
    QString summary() const;

    Session &session_;
    QLabel *problem_;
    QLabel *difference_; ///< what the run and the one that it is compared with differ in
    QLabel *summary_;
    ComparedTrace described_; ///< by difference_
    QTimer slow_;             ///< runs out when a run takes long enough to say so
};

} // namespace encoderscope
