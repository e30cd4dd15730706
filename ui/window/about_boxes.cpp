// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/about_boxes.h"

#include <QApplication>
#include <QMessageBox>

namespace encoderscope
{

namespace
{

struct About {
    Q_DECLARE_TR_FUNCTIONS(About)
};

} // namespace

void showAbout(QWidget *window)
{
    auto *box = new QMessageBox(
        QMessageBox::NoIcon, About::tr("About Encoderscope"),
        About::tr(
            "<h3>Encoderscope %1</h3><p>See a Transformer encoder at work on your own sentence: every number "
            "that it computes, while you type.</p><p>Free software under the GNU General Public License, "
            "version 3 or later.</p>")
            .arg(QApplication::applicationVersion()),
        QMessageBox::Close, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void showShortcuts(QWidget *window)
{
    const QStringList lines{
        About::tr(
            "Token: hover previews, click pins the query, Ctrl+click pins the key, double-click takes it out "
            "of attention."),
        About::tr(
            "Encoder map: click opens the page, a click on a switch switches, a double-click lets only that "
            "head or layer run, another one restores."),
        About::tr("Alt+Left, Alt+Right: tokens. With Shift: key tokens."),
        About::tr("Alt+Up, Alt+Down: layers. With Shift: heads."),
        About::tr("Every other action and its shortcut stands in the menus."),
    };
    auto *box = new QMessageBox(QMessageBox::NoIcon, About::tr("Keyboard and mouse"),
                                QStringLiteral("<p>") + lines.join(QStringLiteral("</p><p>")) +
                                    QStringLiteral("</p>"),
                                QMessageBox::Close, window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace encoderscope
