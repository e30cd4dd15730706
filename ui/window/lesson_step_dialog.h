// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/session_state.h"

#include <QDialog>

class QCheckBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace encoderscope
{

/// Asks what a teacher has to say about the state of the window, and adds both as a step to a lesson's file.
/// It stays open when that fails, so that no note is lost.
class LessonStepDialog : public QDialog
{
    Q_OBJECT

public:
    LessonStepDialog(SessionState state, QWidget *parent);

    /// What the Save button does once a file was chosen. False, with a message in the dialog, when it failed.
    bool save(const QString &path);

Q_SIGNALS:
    void saved(const QString &path);

private:
    void chooseFile();
    void showReady();

    SessionState state_;
    QLineEdit *title_;
    QPlainTextEdit *text_;
    QCheckBox *sentence_;
    QLabel *problem_;
    QDialogButtonBox *buttons_;
};

} // namespace encoderscope
