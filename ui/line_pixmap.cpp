// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_pixmap.h"

#include <QPainter>

namespace encoderscope
{

QPixmap linePixmap(const QColor &colour, double width, const std::function<void(QPainter &painter)> &draw)
{
    QPixmap pixmap(64, 64);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    draw(painter);
    painter.end();
    return pixmap;
}

} // namespace encoderscope
