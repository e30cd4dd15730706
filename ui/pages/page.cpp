// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page.h"
#include "ui/text_height.h"

#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <utility>

namespace encoderscope
{

Page::Page(Session &session, QWidget *parent)
    : QWidget(parent)
    , session_(session)
    , controls_(new WrappingRow)
    , description_(new QLabel(this))
    , below_(new QHBoxLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 4);
    layout->setSpacing(4);
    controls_->setSpacing(8);
    layout->addLayout(controls_);
    // As wide as the page and one line high whatever it says, so that nothing jumps.
    description_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    description_->setTextFormat(Qt::PlainText);
    below_->addWidget(description_, 1);
    layout->addLayout(below_);
    fitBelow();

    connect(&session_, &Session::frameChanged, this, &Page::changed);
    connect(&session_.selection(), &Selection::hoveredChanged, this, [this] {
        if (isVisible() && shown())
            refreshHovered();
    });
}

namespace
{

/// What its help is filed under.
QString kindOf(const LinkedView &view)
{
    const auto *one = qobject_cast<const CatalogueView *>(&view);
    return one ? QString::fromLatin1(one->kind().name) : view.objectName();
}

} // namespace

const Selected &Page::pinned() const
{
    return session_.frame()->selection;
}

const Parameters &Page::wantedParameters(const QString &view) const
{
    static const Parameters none;
    const auto &views = session_.state().views;
    const auto found = views.find(view);
    return found == views.end() ? none : found->second;
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

void Page::addBelow(QWidget *widget)
{
    below_->addWidget(widget);
    fitBelow();
}

/// One line high, whatever stands there.
void Page::fitBelow()
{
    for (int place = 0; place < below_->count(); ++place)
        below_->itemAt(place)->widget()->setFixedHeight(textHeight(*this, 1) + 2);
}

CatalogueView *Page::addFigure(const QString &kind, Axis rows, Axis columns, const QString &name)
{
    auto *view =
        new CatalogueView(session_, *findFigureKind(kind), name.isEmpty() ? kind : name, rows, columns, this);
    adopt(view);
    return view;
}

LinkedView *Page::addView(FigureView::Maker make)
{
    auto *view = new LinkedView(session_, Axis::none, Axis::none, std::move(make), this);
    adopt(view);
    return view;
}

void Page::addTable(QWidget *table, const QString &kind)
{
    const std::size_t index = tables_.size();
    const auto arrived = [this, index] {
        Table &one = *tables_[index];
        if (const Offer signal = std::exchange(one.waiting, nullptr)) {
            describe(one.source.reason());
            if (const FigurePtr figure = shown() ? one.source.figure(session_.frame(), {}) : nullptr)
                (this->*signal)(figure, {});
        }
    };
    tables_.push_back(std::unique_ptr<Table>(new Table{table, {*findFigureKind(kind), arrived}}));
}

void Page::adopt(LinkedView *view)
{
    views_.append(view);
    connect(view, &FigureView::hovered, this, [this, view](const Hit &hit) {
        lastHovered_ = view;
        describe(hit.description);
    });
    connect(view, &FigureView::left, this, [this] { describe(QString()); });
    connect(view, &FigureView::exportRequested, this, &Page::exportRequested);
    connect(view, &FigureView::copyRequested, this, &Page::copyRequested);
    view->setHelp(true);
    connect(view, &FigureView::helpRequested, this, [this, view] { Q_EMIT helpRequested(kindOf(*view)); });
}

QString Page::currentKind() const
{
    if (const Table *table = currentTable())
        return QLatin1String(table->source.kind().name);
    const LinkedView *view = currentView();
    return view ? kindOf(*view) : QString();
}

LinkedView *Page::currentView() const
{
    const auto visible = [](const LinkedView *view) { return view->isVisible(); };
    const auto focused = std::find_if(views_.begin(), views_.end(), [&](const LinkedView *view) {
        return visible(view) && view->hasFocus();
    });
    if (focused != views_.end())
        return *focused;
    if (lastHovered_ && visible(lastHovered_))
        return lastHovered_;
    const auto first = std::find_if(views_.begin(), views_.end(), visible);
    return first != views_.end() ? *first : nullptr;
}

Page::Table *Page::currentTable() const
{
    const LinkedView *view = currentView();
    for (const auto &table : tables_) {
        if (table->widget->isVisible() && table->widget->hasFocus())
            return table.get();
    }
    const auto visible = std::find_if(tables_.begin(), tables_.end(),
                                      [](const auto &table) { return table->widget->isVisible(); });
    return view == nullptr && visible != tables_.end() ? visible->get() : nullptr;
}

void Page::offer(Offer signal)
{
    if (Table *table = shown() ? currentTable() : nullptr) {
        const FigurePtr figure = table->source.figure(session_.frame(), {});
        if (table->source.waiting()) {
            table->waiting = signal;
            describe(tr("Computing…"));
        } else if (figure) {
            (this->*signal)(figure, {});
        }
        return;
    }
    LinkedView *view = currentView();
    if (const FigurePtr figure = view ? view->figure() : nullptr)
        (this->*signal)(figure, view->lastingViewpoint());
}

std::vector<FigureOrder> Page::figures() const
{
    std::vector<FigureOrder> all;
    for (const auto &table : tables_)
        all.push_back({.kind = &table->source.kind()});
    for (LinkedView *view : views_) {
        if (const auto *one = qobject_cast<CatalogueView *>(view))
            all.push_back(
                {&one->kind(), shown() ? one->parameters() : Parameters(), {}, one->lastingViewpoint()});
        else if (FigurePtr figure = view->figure())
            all.push_back({.figure = std::move(figure), .viewpoint = view->lastingViewpoint()});
    }
    return all;
}

bool Page::late() const
{
    return std::any_of(views_.begin(), views_.end(), std::mem_fn(&FigureView::late));
}

void Page::addWhy(FigureView &view, std::function<std::optional<TargetChoice>(const Hit &)> target,
                  bool click)
{
    connect(&view, &FigureView::menuOpened, this, [this, target](QMenu *menu, const Hit &hit) {
        if (const std::optional<TargetChoice> choice = shown() ? target(hit) : std::nullopt)
            menu->addAction(tr("Why? Explain this number"), this,
                            [this, choice] { session_.explain(*choice); });
    });
    if (click)
        connect(&view, &FigureView::clicked, this, [this, target](const Hit &hit) {
            if (const std::optional<TargetChoice> choice = shown() ? target(hit) : std::nullopt)
                session_.explain(*choice);
        });
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
    remakeViews();
    if (isVisible())
        refreshOnce();
}

/// A page that comes with a frame is shown it and hears of it.
void Page::refreshOnce()
{
    if (!shown() || refreshed_.lock() == session_.frame())
        return;
    refreshed_ = session_.frame();
    refresh();
    for (LinkedView *view : views_)
        view->renew();
}

void Page::showEvent(QShowEvent *event)
{
    refreshOnce();
    QWidget::showEvent(event);
}

void Page::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        refreshed_.reset();
        changed();
    }
    if (event->type() == QEvent::FontChange) {
        fitBelow();
        fitFont();
    }
    QWidget::changeEvent(event);
}

} // namespace encoderscope
