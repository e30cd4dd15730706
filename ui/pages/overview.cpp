// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double longest_side = 112.0;
constexpr double shortest_side = 28.0;
constexpr double smallest_mark = 5.0; // pixels of the part that is shown, to be seen

} // namespace

Overview::Overview(QWidget *parent)
    : QWidget(parent)
{
    setCursor(Qt::OpenHandCursor);
    hide();
    retranslate();
}

QSize Overview::sizeFor(const QSizeF &all)
{
    const double scale = longest_side / std::max({all.width(), all.height(), 1.0});
    const auto side = [scale](double cells) {
        return static_cast<int>(std::lround(std::max(cells * scale, shortest_side)));
    };
    return {side(all.width()), side(all.height())};
}

void Overview::setPicture(const QImage &picture, const QSizeF &all)
{
    picture_ = picture;
    all_ = all;
    resize(sizeFor(all));
    update();
}

void Overview::setVisibleCells(const QRectF &cells)
{
    visible_ = cells;
    update();
}

bool Overview::event(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    return QWidget::event(event);
}

void Overview::retranslate()
{
    setToolTip(tr("The part that is shown; drag to move it"));
    setAccessibleName(tr("Overview"));
}

void Overview::centreAt(const QPointF &point)
{
    Q_EMIT centred({point.x() / width() * all_.width(), point.y() / height() * all_.height()});
}

void Overview::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    setCursor(Qt::ClosedHandCursor);
    centreAt(event->position());
}

void Overview::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        centreAt(event->position());
}

void Overview::mouseReleaseEvent(QMouseEvent *)
{
    setCursor(Qt::OpenHandCursor);
}

void Overview::paintEvent(QPaintEvent *)
{
    if (all_.isEmpty())
        return;
    QPainter painter(this);
    const QRectF whole(rect());
    painter.drawImage(whole, picture_);
    const double across = whole.width() / all_.width();
    const double down = whole.height() / all_.height();
    QRectF mark(visible_.x() * across, visible_.y() * down,
                std::max(visible_.width() * across, smallest_mark),
                std::max(visible_.height() * down, smallest_mark));
    mark.moveRight(std::min(mark.right(), whole.right()));
    mark.moveBottom(std::min(mark.bottom(), whole.bottom()));

    QPainterPath outside;
    outside.addRect(whole);
    outside.addRect(mark);
    painter.fillPath(outside, QColor(0, 0, 0, 110));
    painter.setPen(QPen(Qt::white, 1.5));
    painter.drawRect(mark.adjusted(0.75, 0.75, -0.75, -0.75));
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(whole.adjusted(0.5, 0.5, -0.5, -0.5));
}

} // namespace encoderscope
