// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse and keyboard do in the encoder map.
#include "ui/map/encoder_map.h"
#include "ui/plain_text.h"
#include "ui/state/chosen_heads.h"
#include "ui/state/session.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <cmath>

namespace encoderscope
{

bool EncoderMap::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (const MapItem *item = layout_.at(inMap(help->pos())))
            QToolTip::showText(help->globalPos(), plainToolTip(describe(item->part)), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Leave)
        session_.selection().unhover();
    return QAbstractScrollArea::viewportEvent(event);
}

void EncoderMap::mouseMoveEvent(QMouseEvent *event)
{
    const MapItem *item = layout_.at(inMap(event->position()));
    session_.selection().hover(item ? Selected{.layer = item->part.layer, .head = item->part.head}
                                    : Selected());
}

void EncoderMap::mousePressEvent(QMouseEvent *event)
{
    const MapItem *item = layout_.at(inMap(event->position()));
    if (!item || event->button() != Qt::LeftButton)
        return;
    setCurrent(static_cast<std::size_t>(item - layout_.items.data()));
    toggled_.reset();
    if (item->toggle.adjusted(-3, -3, 3, 3).contains(inMap(event->position()))) {
        toggle(item->part);
        toggled_ = session_.switches();
    } else {
        if (item->part.kind == MapPart::Kind::head && event->modifiers().testFlag(Qt::ControlModifier)) {
            SessionState next = withHeadChosen(session_.state(), {item->part.layer, item->part.head});
            next.views[QStringLiteral("attention-page")][QStringLiteral("tab")] = QStringLiteral("several");
            session_.edit(std::move(next), QString());
        }
        open(item->part);
    }
}

void EncoderMap::mouseDoubleClickEvent(QMouseEvent *event)
{
    const MapItem *item = layout_.at(inMap(event->position()));
    if (!item || event->button() != Qt::LeftButton)
        return;
    const bool onSwitch = item->toggle.adjusted(-3, -3, 3, 3).contains(inMap(event->position()));
    const bool soloes = item->part.kind == MapPart::Kind::head || item->part.kind == MapPart::Kind::layer;
    // The first click of the two has switched the part: take that back.
    if (soloes && toggled_ && session_.switches() == *toggled_)
        session_.undo();
    toggled_.reset();
    if (!solo(item->part) && onSwitch)
        toggle(item->part);
}

void EncoderMap::open(const MapPart &part)
{
    if (part.kind == MapPart::Kind::headColumn)
        return;
    Selected pinned = session_.selection().pinned();
    pinned.layer = part.layer >= 0 ? part.layer : pinned.layer;
    pinned.head = part.head >= 0 ? part.head : pinned.head;
    session_.selection().pin(pinned);
    Q_EMIT opened(part);
}

void EncoderMap::toggle(const MapPart &part)
{
    switch (part.kind) {
    case MapPart::Kind::headColumn:
        session_.toggleHeadColumn(part.head);
        break;
    case MapPart::Kind::layer:
        session_.toggleLayer(part.layer);
        break;
    case MapPart::Kind::attention:
        session_.toggleAttention(part.layer);
        break;
    case MapPart::Kind::head:
        session_.toggleHead(part.layer, part.head);
        break;
    case MapPart::Kind::feedForward:
        session_.toggleFeedForward(part.layer);
        break;
    case MapPart::Kind::positions:
        session_.togglePositions();
        break;
    case MapPart::Kind::output:
    case MapPart::Kind::embedding:
        break;
    }
}

bool EncoderMap::solo(const MapPart &part)
{
    if (part.kind == MapPart::Kind::head)
        session_.soloHead(part.layer, part.head);
    else if (part.kind == MapPart::Kind::layer)
        session_.soloLayer(part.layer);
    else
        return false;
    return true;
}

void EncoderMap::setCurrent(std::size_t item)
{
    current_ = item;
    const QRectF frame = layout_.items[item].frame;
    QScrollBar *bar = verticalScrollBar();
    if (frame.height() <= viewport()->height()) {
        if (frame.top() < bar->value())
            bar->setValue(static_cast<int>(frame.top()) - 8);
        else if (frame.bottom() > bar->value() + viewport()->height())
            bar->setValue(static_cast<int>(frame.bottom()) - viewport()->height() + 8);
    }
    setAccessibleDescription(describe(layout_.items[item].part));
    tellAccessibleFocus(this, static_cast<int>(item));
    viewport()->update();
}

/// To the nearest item in that direction.
void EncoderMap::walk(int key)
{
    const QPointF from = layout_.items[current_].frame.center();
    std::optional<std::size_t> best;
    double distance = 0.0;
    for (std::size_t index = 0; index < layout_.items.size(); ++index) {
        const QPointF step = layout_.items[index].frame.center() - from;
        const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
        const double along = sideways ? step.x() : step.y();
        const double across = std::abs(sideways ? step.y() : step.x());
        const bool ahead = key == Qt::Key_Right || key == Qt::Key_Down ? along > 1.0 : along < -1.0;
        if (!ahead || index == current_ || (sideways && across > std::abs(along)))
            continue;
        const double away = std::abs(along) + 2.0 * across;
        if (!best || away < distance) {
            best = index;
            distance = away;
        }
    }
    if (best)
        setCurrent(*best);
}

void EncoderMap::keyPressEvent(QKeyEvent *event)
{
    const MapPart part = layout_.items[current_].part;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (event->modifiers() == Qt::NoModifier) {
            walk(event->key());
            return;
        }
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        open(part);
        return;
    case Qt::Key_Space:
        if (!event->modifiers().testFlag(Qt::ShiftModifier) || !solo(part))
            toggle(part);
        return;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void EncoderMap::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void EncoderMap::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace encoderscope
