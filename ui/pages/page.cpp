// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace encoderscope
{

Page::Page(Session &session, QWidget *parent)
    : QWidget(parent)
    , session_(session)
    , controls_(new QHBoxLayout)
    , description_(new QLabel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 4);
    layout->setSpacing(4);
    controls_->setSpacing(8);
    layout->addLayout(controls_);
    // As wide as the page and one line high whatever it says, so that nothing jumps.
    description_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    description_->setTextFormat(Qt::PlainText);
    description_->setFixedHeight(description_->fontMetrics().height() + 4);
    layout->addWidget(description_);

    connect(&session_, &Session::frameChanged, this, &Page::changed);
    connect(&session_.selection(), &Selection::hoveredChanged, this, [this] {
        if (isVisible() && shown())
            refreshHovered();
    });
}

const Selected &Page::pinned() const
{
    return session_.frame()->selection;
}

int Page::chosenIndex(const QString &view, const QString &name) const
{
    return static_cast<int>(viewKind(view, name).choices.indexOf(chosen<QString>(view, name)));
}

Selected Page::hovered() const
{
    return session_.selection().hovered();
}

void Page::setBody(QWidget *body)
{
    static_cast<QVBoxLayout *>(layout())->insertWidget(1, body, 1);
}

LinkedView *Page::addView(Axis rows, Axis columns, FigureView::Maker make)
{
    const auto guarded = [this, make = std::move(make)] { return shown() ? make() : nullptr; };
    auto *view = new LinkedView(session_, rows, columns, guarded, this);
    views_.append(view);
    connect(view, &FigureView::hovered, this, [this, view](const Hit &hit) {
        lastHovered_ = view;
        describe(hit.description);
    });
    connect(view, &FigureView::left, this, [this] { describe(QString()); });
    connect(view, &FigureView::exportRequested, this, &Page::exportRequested);
    connect(view, &FigureView::copyRequested, this, &Page::copyRequested);
    return view;
}

FigureView *Page::currentView() const
{
    const auto focused = std::find_if(views_.begin(), views_.end(), [](const LinkedView *view) {
        return view->hasFocus() && view->isVisible();
    });
    if (focused != views_.end())
        return *focused;
    if (lastHovered_ && lastHovered_->isVisible())
        return lastHovered_;
    const auto visible =
        std::find_if(views_.begin(), views_.end(), [](const LinkedView *view) { return view->isVisible(); });
    return visible != views_.end() ? *visible : nullptr;
}

bool Page::late() const
{
    return std::any_of(views_.begin(), views_.end(), std::mem_fn(&FigureView::late));
}

void Page::remakeViews()
{
    for (LinkedView *view : views_)
        view->remake();
}

void Page::describe(const QString &text)
{
    description_->setText(text);
}

void Page::changed()
{
    if (shown()) {
        for (LinkedView *view : views_)
            view->setLimits(shown().trace().tokens(), shown().trace().config().d_model);
    }
    remakeViews();
    stale_ = true;
    if (isVisible() && shown()) {
        stale_ = false;
        refresh();
    }
}

void Page::showEvent(QShowEvent *event)
{
    if (stale_ && shown()) {
        stale_ = false;
        refresh();
    }
    QWidget::showEvent(event);
}

void Page::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        changed();
    }
    QWidget::changeEvent(event);
}

} // namespace encoderscope
