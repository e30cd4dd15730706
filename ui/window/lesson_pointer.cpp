// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/lesson_pointer.h"

#include "ui/lessons/lesson_guide.h"
#include "ui/map/encoder_map.h"
#include "ui/pages/catalogue_view.h"
#include "ui/pages/figure_deck.h"
#include "ui/window/token_strip.h"
#include "ui/worked/worked_example.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <functional>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr int reach = 5; ///< of the frame beyond the target
constexpr int thick = 3;

/// The views that show a figure of that name.
QList<FigureView *> figuresNamed(const QWidget &over, const QString &name)
{
    QList<FigureView *> views = over.findChildren<FigureView *>();
    views.removeIf([&name](const FigureView *view) {
        const auto *kind = qobject_cast<const CatalogueView *>(view);
        return view->objectName() != name && (!kind || name != QLatin1String(kind->kind().name));
    });
    return views;
}

FigureView *visibleFigure(const QWidget &over, const QString &name)
{
    const QList<FigureView *> views = figuresNamed(over, name);
    const auto seen = std::find_if(views.begin(), views.end(), std::mem_fn(&QWidget::isVisible));
    return seen == views.end() ? nullptr : *seen;
}

/// "head 1.2", "layer 3", "positions": as lessons name parts of the map, counted from 1; "pinned" in place of
/// numbers: what is pinned in the step's run.
std::optional<MapPart> partOf(const QString &name, const ShownStep &step)
{
    const QString word = name.section(QLatin1Char(' '), 0, 0);
    const QStringList place = name.section(QLatin1Char(' '), 1).split(QLatin1Char('.'));
    const bool pinned = place.value(0) == QStringLiteral("pinned");
    const int layer = pinned ? step.layer : place.value(0).toInt() - 1;
    const int head = pinned ? step.head : place.value(1).toInt() - 1;
    using Kind = MapPart::Kind;
    if (word == QStringLiteral("embedding"))
        return MapPart{Kind::embedding};
    if (word == QStringLiteral("positions"))
        return MapPart{Kind::positions};
    if (word == QStringLiteral("output"))
        return MapPart{Kind::output};
    if (word == QStringLiteral("layer"))
        return MapPart{Kind::layer, layer};
    if (word == QStringLiteral("feed-forward"))
        return MapPart{Kind::feedForward, layer};
    if (word == QStringLiteral("head"))
        return MapPart{Kind::head, layer, head};
    return std::nullopt;
}

} // namespace

LessonPointer::LessonPointer(LessonGuide &guide, QWidget *over)
    : QWidget(over)
    , guide_(guide)
    , over_(over)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    connect(&guide_, &LessonGuide::stepChanged, this, &LessonPointer::open);
    connect(&guide_, &LessonGuide::shownChanged, this, &LessonPointer::placeSoon);
    over_->installEventFilter(this);
}

LessonPointer::Found LessonPointer::find() const
{
    if (!guide_.active())
        return {};
    const LessonTarget &target = guide_.current().target;
    switch (target.kind) {
    case LessonTarget::Kind::figure:
        if (FigureView *view = visibleFigure(*over_, target.name)) {
            const ShownStep &step = guide_.shown();
            Found found{view, view->rect()};
            if (step.row >= 0 || step.column >= 0)
                found.cells = view->cellRect(step.row, step.column).toAlignedRect();
            return found;
        }
        break;
    case LessonTarget::Kind::worked:
        if (auto *example = over_->findChild<WorkedExample *>())
            return {example->viewport(), example->stepRect(target.name)};
        break;
    case LessonTarget::Kind::part:
        if (const auto *map = over_->findChild<EncoderMap *>()) {
            const std::optional<MapPart> part = partOf(target.name, guide_.shown());
            const std::optional<MapItem> item = part ? map->itemOf(*part) : std::nullopt;
            if (item)
                return {map->viewport(), item->frame.toAlignedRect()};
        }
        break;
    case LessonTarget::Kind::tokens:
        if (auto *strip = over_->findChild<TokenStrip *>())
            return {strip, strip->rect()};
        break;
    case LessonTarget::Kind::none:
        break;
    }
    return {};
}

void LessonPointer::open()
{
    // Until the step's numbers are there, which say where.
    target_ = cells_ = QRect();
    setGeometry(QRect(0, 0, 0, 0));
    if (!guide_.active()) {
        placeSoon();
        return;
    }
    reveal();
}

void LessonPointer::reveal()
{
    if (!guide_.active())
        return;
    const LessonTarget &target = guide_.current().target;
    if (target.kind == LessonTarget::Kind::worked) {
        if (auto *example = over_->findChild<WorkedExample *>())
            example->showStep(target.name);
    } else if (target.kind == LessonTarget::Kind::figure) {
        const QList<FigureView *> views = figuresNamed(*over_, target.name);
        for (FigureDeck *deck : over_->findChildren<FigureDeck *>()) {
            for (const FigureView *view : views)
                deck->reveal(view);
        }
    }
}

/// After the layout, and before what changed is painted: once for both.
void LessonPointer::placeSoon()
{
    if (!std::exchange(asked_, true))
        QMetaObject::invokeMethod(this, &LessonPointer::place, Qt::QueuedConnection);
}

void LessonPointer::place()
{
    asked_ = false;
    const Found found = find();
    watch(found.widget);
    target_ = cells_ = QRect();
    if (found.widget && found.widget->isVisible()) {
        const auto inOver = [&](const QRect &rect) {
            const QRect seen = rect & found.widget->rect();
            return seen.isEmpty() ? QRect() : QRect(found.widget->mapTo(over_, seen.topLeft()), seen.size());
        };
        target_ = inOver(found.rect);
        cells_ = inOver(found.cells);
    }
    setVisible(!target_.isNull());
    if (target_.isNull())
        return;
    const QRect outer = target_.adjusted(-reach, -reach, reach, reach) & over_->rect();
    setGeometry(outer);
    // Nothing but the frames: what lies below is not painted again for their sake.
    const auto ring = [&](const QRect &rect, int out) {
        const QRect here = rect.translated(-outer.topLeft());
        const QRegion all(here.adjusted(-out, -out, out, out));
        return all.subtracted(QRegion(here.adjusted(-out + thick, -out + thick, out - thick, out - thick)));
    };
    QRegion frames = ring(target_, reach).intersected(rect());
    // At the window's edge the frame lies inside.
    frames += QRegion(rect()).subtracted(QRegion(rect().adjusted(thick, thick, -thick, -thick)));
    if (!cells_.isNull())
        frames += ring(cells_, thick);
    setMask(frames);
    raise();
    update();
}

void LessonPointer::watch(QWidget *widget)
{
    if (watched_ == widget)
        return;
    for (QWidget *old = watched_; old && old != over_; old = old->parentWidget())
        old->removeEventFilter(this);
    watched_ = widget;
    for (QWidget *next = widget; next && next != over_; next = next->parentWidget()) {
        next->installEventFilter(this);
        if (auto *view = qobject_cast<FigureView *>(next)) // a large figure comes after its page
            connect(view, &FigureView::shownChanged, this, &LessonPointer::placeSoon, Qt::UniqueConnection);
        if (auto *area = qobject_cast<QAbstractScrollArea *>(next))
            connect(area->verticalScrollBar(), &QScrollBar::valueChanged, this, &LessonPointer::placeSoon,
                    Qt::UniqueConnection);
    }
}

bool LessonPointer::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::LayoutRequest:
        if (guide_.active())
            placeSoon();
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void LessonPointer::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Highlight));
}

} // namespace encoderscope
