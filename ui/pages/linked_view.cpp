// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/linked_view.h"

#include <QKeyEvent>

#include <algorithm>
#include <numeric>

namespace encoderscope
{

int selectedOn(Axis axis, const Selected &selected)
{
    switch (axis) {
    case Axis::query:
        return selected.query;
    case Axis::key:
        return selected.key;
    case Axis::dimension:
        return selected.dimension;
    case Axis::neuron:
        return selected.neuron;
    case Axis::layer:
        return selected.layer;
    case Axis::head:
        return selected.head;
    case Axis::none:
        break;
    }
    return -1;
}

void select(Axis axis, int index, Selected &selected)
{
    switch (axis) {
    case Axis::query:
        selected.query = index;
        break;
    case Axis::key:
        selected.key = index;
        break;
    case Axis::dimension:
        selected.dimension = index;
        break;
    case Axis::neuron:
        selected.neuron = index;
        break;
    case Axis::layer:
        selected.layer = index;
        break;
    case Axis::head:
        selected.head = index;
        break;
    case Axis::none:
        break;
    }
}

LinkedView::LinkedView(Session &session, Axis rows, Axis columns, Maker make, QWidget *parent)
    : FigureView(std::move(make), parent)
    , session_(session)
    , selection_(session.selection())
    , rows_(rows)
    , columns_(columns)
{
    connect(this, &FigureView::hovered, this, &LinkedView::hoverHit);
    connect(this, &FigureView::left, this, &LinkedView::leave);
    connect(this, &FigureView::clicked, this, &LinkedView::pinHit);
    connect(&selection_, &Selection::hoveredChanged, this, &LinkedView::showSelection);
    connect(&session, &Session::frameChanged, this, &LinkedView::showSelection);
    showSelection();
}

void LinkedView::setAxes(Axis rows, Axis columns)
{
    if (rows == rows_ && columns == columns_)
        return;
    rows_ = rows;
    columns_ = columns;
    showSelection();
}

namespace
{

bool isToken(Axis axis)
{
    return axis == Axis::query || axis == Axis::key;
}

/// The selection can name no position without a token, nor a dimension that the model does not have: such a
/// row or column is only emphasised where it is.
bool canBeNamed(const ComparedTrace &shown, Axis axis, int index)
{
    if (index < 0 || !shown)
        return false;
    return (!isToken(axis) || index < shown.trace().tokens()) &&
           (axis != Axis::dimension || index < shown.trace().config().d_model);
}

} // namespace

Hit LinkedView::inRun(Hit hit) const
{
    if (!hit.ofReference)
        return hit;
    hit.row = isToken(rows_) ? nowToken(session_.shown(), hit.row) : hit.row;
    hit.column = isToken(columns_) ? nowToken(session_.shown(), hit.column) : hit.column;
    hit.ofReference = false;
    return hit;
}

Selected LinkedView::named(const Hit &any, Selected selected) const
{
    const Hit hit = inRun(any);
    if (linkedSeries_ >= 0 && hit.panel != linkedSeries_)
        return selected;
    const auto name = [&](Axis axis, int index) {
        if (canBeNamed(session_.shown(), axis, index))
            select(axis, index, selected);
    };
    name(rows_, hit.row);
    name(columns_, hit.column);
    if (headsInARow_ > 0 && hit.panel >= 0) {
        selected.layer = hit.panel / headsInARow_;
        selected.head = hit.panel % headsInARow_;
    }
    return selected;
}

void LinkedView::hoverHit(const Hit &hit)
{
    Selected hovered;
    if (context_ != Context::none)
        hovered.layer = selection_.pinned().layer;
    if (context_ == Context::head)
        hovered.head = selection_.pinned().head;
    own_ = hit;
    selection_.hover(named(hit, hovered));
    showSelection();
}

void LinkedView::leave()
{
    own_.reset();
    selection_.unhover();
    showSelection();
}

void LinkedView::pinHit(const Hit &hit)
{
    Selected pinned = named(hit, selection_.pinned());
    if (pinned == selection_.pinned()) {
        // The same once more releases what need not be pinned.
        for (const Axis axis : {rows_, columns_}) {
            if (axis == Axis::key || axis == Axis::dimension || axis == Axis::neuron)
                select(axis, -1, pinned);
        }
    }
    selection_.pin(pinned);
}

/// What is emphasised in the run's figure, or in the reference's beside it. `own`: what the pointer is on
/// here.
Emphasis LinkedView::emphasisOf(const Hit *own, bool reference) const
{
    const auto on = [&](Axis axis, int index) {
        return reference && isToken(axis) ? referenceToken(session_.shown(), index) : index;
    };
    const Selected &hovered = selection_.hovered();
    const Selected &pinned = selection_.pinned();
    Emphasis emphasis{.hoveredRow = on(rows_, selectedOn(rows_, hovered)),
                      .hoveredColumn = on(columns_, selectedOn(columns_, hovered)),
                      .pinnedRow = on(rows_, selectedOn(rows_, pinned)),
                      .pinnedColumn = on(columns_, selectedOn(columns_, pinned))};
    if (!own)
        return emphasis;
    const bool here = own->ofReference == reference;
    const Hit there = here ? *own : inRun(*own);
    emphasis.hoveredRow = here ? own->row : on(rows_, there.row);
    emphasis.hoveredColumn = here ? own->column : on(columns_, there.column);
    return emphasis;
}

void LinkedView::showSelection()
{
    const Hit *own = own_ ? &*own_ : nullptr;
    const bool two = session_.shown().comparison == Comparison::sideBySide;
    setEmphasis(emphasisOf(own, false), two ? emphasisOf(own, true) : Emphasis());
}

namespace
{

bool vertical(int key)
{
    return key == Qt::Key_Up || key == Qt::Key_Down;
}

bool isArrow(const QKeyEvent &event)
{
    return event.modifiers() == Qt::NoModifier &&
           (vertical(event.key()) || event.key() == Qt::Key_Left || event.key() == Qt::Key_Right);
}

} // namespace

QList<int> LinkedView::stops(bool rows)
{
    figure();
    const HeatmapData *map = ownHeatmap();
    if (!map || (rows ? rows_ : columns_) == Axis::none)
        return {};
    QList<int> indices = rows ? map->rowIndices : map->columnIndices;
    if (indices.isEmpty()) {
        indices.resize(rows ? map->rows : map->columns);
        std::iota(indices.begin(), indices.end(), 0);
    }
    return indices;
}

bool LinkedView::event(QEvent *event)
{
    // Before the window's shortcuts for the same keys.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (isArrow(*key) && !stops(vertical(key->key())).isEmpty()) {
            event->accept();
            return true;
        }
    }
    return FigureView::event(event);
}

void LinkedView::keyPressEvent(QKeyEvent *event)
{
    const QList<int> indices = isArrow(*event) ? stops(vertical(event->key())) : QList<int>();
    if (indices.isEmpty()) {
        FigureView::keyPressEvent(event);
        return;
    }
    const Axis axis = vertical(event->key()) ? rows_ : columns_;
    const bool forwards = event->key() == Qt::Key_Down || event->key() == Qt::Key_Right;
    Selected pinned = selection_.pinned();
    const qsizetype at = indices.indexOf(selectedOn(axis, pinned)) + (forwards ? 1 : -1);
    const int next = indices[std::clamp<qsizetype>(at, 0, indices.size() - 1)];
    if (!canBeNamed(session_.shown(), axis, next))
        return;
    select(axis, next, pinned);
    selection_.pin(pinned);
}

} // namespace encoderscope
