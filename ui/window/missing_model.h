// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace encoderscope
{

class Session;
class SessionFiles;

/// There while the session's model is not: says why, and offers to find it, to download it, or to do with the
/// default model.
class MissingModel : public QFrame
{
    Q_OBJECT

public:
    MissingModel(Session &session, SessionFiles &files, QWidget *parent = nullptr);

Q_SIGNALS:
    void findRequested();
    void downloadRequested();
    void defaultRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showState();

    Session &session_;
    SessionFiles &files_;
    QLabel *message_;
    QPushButton *open_, *find_, *download_, *standard_;
};

} // namespace encoderscope
