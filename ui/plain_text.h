// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>
#include <QString>

class QLabel;

namespace encoderscope
{

// Names, tokens, labels and messages come from models, files and servers. Qt takes what looks like HTML for
// HTML, and then reads the pictures that it names; these show it as it is written.

/// A label for plain text, which is every label but those of formulas.
QLabel *plainLabel(const QString &text = {});
/// For setToolTip() and QToolTip::showText().
QString plainToolTip(const QString &text);
/// For menus and buttons, where "&" marks a key otherwise.
QString withoutMnemonics(QString text);
/// Opens a message over `parent`; returns at once.
QMessageBox *showMessage(QWidget *parent, QMessageBox::Icon icon, const QString &title,
                         const QString &message);

} // namespace encoderscope
