// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plain_text.h"

#include <QLabel>
#include <QTextDocument>

namespace encoderscope
{

QLabel *plainLabel(const QString &text)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

QString plainToolTip(const QString &text)
{
    // Qt lays long plain texts out on one line each: only what it would mistake is escaped.
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text) : text;
}

QString withoutMnemonics(QString text)
{
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

QMessageBox *showMessage(QWidget *parent, QMessageBox::Icon icon, const QString &title,
                         const QString &message)
{
    auto *box = new QMessageBox(icon, title, QString(), QMessageBox::Close, parent);
    box->setTextFormat(Qt::PlainText);
    box->setText(message);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    return box;
}

} // namespace encoderscope
