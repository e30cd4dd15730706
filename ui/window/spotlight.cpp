// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/spotlight.h"

#include <QCursor>
#include <QPainter>

namespace encoderscope
{

namespace
{

constexpr int diameter = 120;
constexpr int thickness = 8;

} // namespace

Spotlight::Spotlight(QWidget *window)
    : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    resize(diameter, diameter);
    hide();
    // Nothing inside of the ring is painted again when it moves.
    setMask(QRegion(rect(), QRegion::Ellipse)
                .subtracted(QRegion(rect().adjusted(thickness, thickness, -thickness, -thickness),
                                    QRegion::Ellipse)));
    follow_.setInterval(16);
    connect(&follow_, &QTimer::timeout, this, &Spotlight::follow);
}

void Spotlight::setOn(bool on)
{
    if (on) {
        follow_.start();
        follow();
    } else {
        follow_.stop();
        hide();
    }
}

void Spotlight::follow()
{
    const QPoint place = parentWidget()->mapFromGlobal(QCursor::pos());
    const bool inside = parentWidget()->rect().contains(place);
    if (inside)
        move(place - rect().center());
    if (inside != isVisible()) {
        setVisible(inside);
        raise();
    }
}

void Spotlight::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), QColor(255, 196, 0));
}

} // namespace encoderscope
