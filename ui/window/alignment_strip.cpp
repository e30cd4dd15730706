// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/alignment_strip.h"

#include "engine/particles.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/figure_text.h"
#include "ui/plain_text.h"
#include "ui/state/session.h"
#include "ui/state/token_matches.h"
#include "ui/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double edge = 30.0; // where dragging scrolls
constexpr qsizetype mostReleased = 4;

} // namespace

AlignmentStrip::AlignmentStrip(Session &session, QWidget *parent)
    : QAbstractScrollArea(parent)
    , session_(session)
{
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalScrollBar()->setSingleStep(40);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Window);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&session_, &Session::frameChanged, this, &AlignmentStrip::showFrame);
    connect(&session_.selection(), &Selection::hoveredChanged, viewport(), qOverload<>(&QWidget::update));
}

bool AlignmentStrip::possible(const Session &session)
{
    const ComparedTrace &shown = session.shown();
    return shown && shown.alignment && !(shown.now->encoding() == shown.before->encoding());
}

QSize AlignmentStrip::sizeHint() const
{
    const int bar = horizontalScrollBar()->sizeHint().height();
    return {400, static_cast<int>(AlignmentLayout::height(font())) + bar};
}

QSize AlignmentStrip::minimumSizeHint() const
{
    return {80, sizeHint().height()};
}

void AlignmentStrip::showFrame()
{
    if (!isVisible() || !possible(session_)) {
        forget();
        return;
    }
    const ComparedTrace &shown = session_.shown();
    if (shown.now == compared_.now && shown.before == compared_.before &&
        shown.alignment == compared_.alignment) {
        compared_.comparison = shown.comparison;
        viewport()->update();
        return;
    }
    const ComparedTrace before = std::exchange(compared_, shown);
    layOut();
    sayWhatWasReleased(before);
}

void AlignmentStrip::forget()
{
    compared_ = {};
    layOut();
}

void AlignmentStrip::layOut()
{
    layout_ = compared_ ? AlignmentLayout(compared_, corrections(), font()) : AlignmentLayout();
    const auto gone = [this](const Place &place) { return !layout_.has(place); };
    if (taken_ && gone(*taken_))
        taken_.reset();
    if (hovered_ && gone(*hovered_))
        hovered_.reset();
    if (!taken_)
        drag_.reset();
    if (gone(focus_))
        focus_ = {};
    if (focus_.token < 0 && compared_)
        focus_.token = 0;
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(layout_.width()) - viewport()->width()));
    setAccessibleName(tr("Which token stands for which"));
    viewport()->update();
}

void AlignmentStrip::sayWhatWasReleased(const ComparedTrace &before)
{
    if (before.now != compared_.now || before.before != compared_.before || !before.alignment) {
        Q_EMIT released({});
        return;
    }
    const std::vector<TokenPair> corrected = corrections();
    QStringList alone;
    for (const bool reference : {false, true}) {
        std::set<int> had;
        for (const AlignedTokens &unit : before.alignment->units) {
            if (unit.matched())
                had.insert(tokensOfRow(unit, reference).begin(), tokensOfRow(unit, reference).end());
        }
        for (const TokenPair &pair : corrected)
            had.erase(reference ? pair.reference : pair.now);
        for (const int token : had) {
            const Place place{reference, token};
            if (!layout_.unitOf(place).matched())
                alone.append(tr("“%1”").arg(text(place)));
        }
    }
    if (alone.size() > mostReleased) {
        alone.resize(mostReleased);
        alone.append(QStringLiteral("…"));
    }
    Q_EMIT released(alone.isEmpty() ? QString()
                                    : tr("Without a partner now: %1").arg(alone.join(QStringLiteral(", "))));
}

std::vector<TokenPair> AlignmentStrip::corrections() const
{
    return correctionsOf(session_.state().matches, session_.frame()->state.reference,
                         compared_.now->encoding(), compared_.before->encoding());
}

QRectF AlignmentStrip::chip(const Place &place) const
{
    return layout_.chip(place).translated(-horizontalScrollBar()->value(), 0.0);
}

AlignmentStrip::Place AlignmentStrip::placeAt(const QPointF &point) const
{
    return layout_.placeAt(point + QPointF(horizontalScrollBar()->value(), 0.0));
}

QString AlignmentStrip::text(const Place &place) const
{
    return printableText(traceOfRow(compared_, place.reference)->token(place.token).text);
}

QString AlignmentStrip::describe(const Place &place) const
{
    const AlignedTokens &unit = layout_.unitOf(place);
    QStringList lines{
        (place.reference ? tr("token %1 of the reference: “%2”") : tr("token %1 of the run: “%2”"))
            .arg(place.token)
            .arg(text(place))};
    QStringList partners;
    for (const int token : tokensOfRow(unit, !place.reference))
        partners.append(tr("“%1”").arg(text({!place.reference, token})));
    const QString all = partners.join(QStringLiteral(", "));
    lines += partners.isEmpty() ? tr("no partner")
             : unit.same        ? tr("the same characters as %1").arg(all)
                                : tr("stands for %1").arg(all);
    if (layout_.byHand(place))
        lines += tr("put together by hand");
    return withParticles(lines.join(QLatin1Char('\n')));
}

int AlignmentStrip::accessibleCount() const
{
    return layout_.tokens(false) + layout_.tokens(true);
}

int AlignmentStrip::index(const Place &place) const
{
    if (place.token < 0)
        return -1;
    return place.token + (place.reference ? layout_.tokens(false) : 0);
}

AccessibleItem AlignmentStrip::accessibleItem(int index) const
{
    const int first = layout_.tokens(false);
    const Place place{index >= first, index >= first ? index - first : index};
    const QStringList lines = describe(place).split(QLatin1Char('\n'));
    AccessibleItem told;
    told.name = lines.first();
    told.description = lines.mid(1).join(QStringLiteral(", "));
    if (taken_ == place)
        told.value = tr("taken up");
    told.state.selectable = true;
    told.state.selected = taken_ == place;
    told.rect = chip(place).toAlignedRect();
    return told;
}

int AlignmentStrip::accessibleItemAt(const QPoint &point) const
{
    return index(placeAt(point));
}

int AlignmentStrip::accessibleFocus() const
{
    return index(focus_);
}

void AlignmentStrip::pressAccessibleItem(int index)
{
    const int first = layout_.tokens(false);
    focus({index >= first, index >= first ? index - first : index});
    take(focus_);
}

void AlignmentStrip::focus(const Place &place)
{
    focus_ = place;
    scrollTo(chip(place));
    viewport()->update();
    if (hasFocus())
        tellAccessibleFocus(this, accessibleFocus());
}

void AlignmentStrip::scrollTo(const QRectF &rect)
{
    QScrollBar *bar = horizontalScrollBar();
    if (rect.left() < AlignmentLayout::margin)
        bar->setValue(bar->value() + static_cast<int>(rect.left() - 3.0 * AlignmentLayout::margin));
    else if (rect.right() > viewport()->width() - AlignmentLayout::margin)
        bar->setValue(bar->value() +
                      static_cast<int>(rect.right() - viewport()->width() + 3.0 * AlignmentLayout::margin));
}

/// Takes a token up, or puts the one that was taken up together with it.
void AlignmentStrip::take(const Place &place)
{
    if (!taken_) {
        taken_ = place;
        focus(layout_.opposite(place));
        return;
    }
    const Place from = *std::exchange(taken_, std::nullopt);
    if (from.reference != place.reference)
        put(from, place);
    viewport()->update();
}

void AlignmentStrip::put(const Place &from, const Place &to)
{
    const int now = from.reference ? to.token : from.token;
    const int reference = from.reference ? from.token : to.token;
    session_.putTogether({now, reference}, from.reference);
}

/// The token of the run that the views show; -1 when it has none.
int AlignmentStrip::shownToken(const Place &place) const
{
    if (place.token < 0)
        return -1;
    if ((compared_.comparison == Comparison::before) == place.reference)
        return place.token;
    return place.reference ? nowToken(compared_, place.token) : referenceToken(compared_, place.token);
}

void AlignmentStrip::paintEvent(QPaintEvent *)
{
    if (!compared_)
        return;
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const double left = horizontalScrollBar()->value();
    const double right = left + viewport()->width();
    painter.translate(-left, 0.0);
    paintLines(painter, left, right);
    for (const bool reference : {false, true}) {
        const std::vector<QRectF> &chips = layout_.chips(reference);
        auto at = std::partition_point(chips.begin(), chips.end(),
                                       [&](const QRectF &chip) { return chip.right() < left; });
        for (; at != chips.end() && at->left() <= right; ++at)
            paintChip(painter, {reference, static_cast<int>(at - chips.begin())});
    }
    if (taken_ && drag_) {
        const QRectF from = layout_.chip(*taken_);
        painter.setPen(QPen(figureStyle(themeOf(palette())).hover, 2.0, Qt::DashLine));
        painter.drawLine(QPointF(from.center().x(), taken_->reference ? from.top() : from.bottom()),
                         *drag_ + QPointF(left, 0.0));
    }
}

void AlignmentStrip::paintLines(QPainter &painter, double left, double right) const
{
    const FigureStyle style = figureStyle(themeOf(palette()));
    const std::vector<AlignedTokens> &units = compared_.alignment->units;
    for (std::size_t index = 0; index < units.size(); ++index) {
        const AlignedTokens &unit = units[index];
        if (!unit.matched())
            continue;
        painter.setPen(QPen(unit.same ? style.muted : style.series(1), layout_.byHand()[index] ? 3.0 : 1.5));
        for (const int token : unit.now) {
            for (const int partner : unit.reference) {
                const QRectF &upper = layout_.chip({false, token});
                const QRectF &lower = layout_.chip({true, partner});
                const QPointF from(upper.center().x(), upper.bottom());
                const QPointF to(lower.center().x(), lower.top());
                if (std::max(from.x(), to.x()) >= left && std::min(from.x(), to.x()) <= right)
                    painter.drawLine(from, to);
            }
        }
    }
}

void AlignmentStrip::paintChip(QPainter &painter, const Place &place) const
{
    const FigureStyle style = figureStyle(themeOf(palette()));
    const QRectF rect = layout_.chip(place).adjusted(0.5, 0.5, -0.5, -0.5);
    const Token &token = traceOfRow(compared_, place.reference)->token(place.token);
    const bool alone = !layout_.unitOf(place).matched();
    const int shown = shownToken(place);
    const Selected &selected = session_.selection().hovered();
    const bool lit = hovered_ == place || (shown >= 0 && (shown == selected.query || shown == selected.key));
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(token.special ? QPalette::Window : QPalette::Base));
    painter.drawRoundedRect(rect, 4.0, 4.0);
    if (alone) {
        painter.setBrush(QBrush(style.muted, Qt::BDiagPattern));
        painter.drawRoundedRect(rect, 4.0, 4.0);
        // The text stays legible on the hatching.
        painter.setBrush(palette().color(token.special ? QPalette::Window : QPalette::Base));
        painter.drawRect(
            rect.adjusted(AlignmentLayout::padding - 2.0, 2.0, 2.0 - AlignmentLayout::padding, -2.0));
    }
    painter.setBrush(Qt::NoBrush);
    QPen border(palette().color(QPalette::Mid), 1.0, alone ? Qt::DashLine : Qt::SolidLine);
    if (taken_ == place)
        border = QPen(style.hover, 2.5);
    else if (lit)
        border = QPen(style.hover, 1.5);
    painter.setPen(border);
    painter.drawRoundedRect(rect, 4.0, 4.0);
    if (hasFocus() && focus_ == place) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2.0));
        painter.drawRoundedRect(rect.adjusted(1.5, 1.5, -1.5, -1.5), 3.0, 3.0);
    }
    painter.setPen(token.special ? style.muted : palette().color(QPalette::Text));
    painter.setFont(font());
    paintLine(painter, rect, Qt::AlignCenter, text(place));
}

bool AlignmentStrip::event(QEvent *event)
{
    // What was taken up is put down by the key that otherwise unpins.
    if (event->type() == QEvent::ShortcutOverride && taken_ &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        viewport()->update();
    return QAbstractScrollArea::event(event);
}

void AlignmentStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) {
        layOut();
        updateGeometry();
    }
    QAbstractScrollArea::changeEvent(event);
}

void AlignmentStrip::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(layout_.width()) - viewport()->width()));
}

void AlignmentStrip::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    showFrame();
}

bool AlignmentStrip::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const Place place = placeAt(help->pos());
        if (place.token >= 0)
            QToolTip::showText(help->globalPos(), plainToolTip(describe(place)), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Leave) {
        hovered_.reset();
        session_.selection().unhover();
        viewport()->update();
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void AlignmentStrip::mousePressEvent(QMouseEvent *event)
{
    const Place place = placeAt(event->position());
    if (event->button() != Qt::LeftButton || place.token < 0)
        return;
    focus(place);
    taken_ = place;
    drag_ = event->position();
    viewport()->setCursor(Qt::ClosedHandCursor);
}

void AlignmentStrip::mouseMoveEvent(QMouseEvent *event)
{
    const Place place = placeAt(event->position());
    hovered_ = place.token < 0 ? std::nullopt : std::optional(place);
    if (drag_) {
        drag_ = event->position();
        QScrollBar *bar = horizontalScrollBar();
        const double x = event->position().x();
        if (x < edge || x > viewport()->width() - edge)
            bar->setValue(bar->value() + (x < edge ? -1 : 1) * bar->singleStep() / 2);
    } else {
        viewport()->setCursor(hovered_ ? Qt::OpenHandCursor : Qt::ArrowCursor);
    }
    session_.selection().hover(Selected{.query = shownToken(place)});
    viewport()->update();
}

void AlignmentStrip::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !drag_ || !taken_)
        return;
    drag_.reset();
    const Place from = *std::exchange(taken_, std::nullopt);
    const Place to = placeAt(event->position());
    viewport()->setCursor(to.token >= 0 ? Qt::OpenHandCursor : Qt::ArrowCursor);
    if (to.token >= 0 && to.reference != from.reference)
        put(from, to);
    viewport()->update();
}

void AlignmentStrip::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    const int delta = std::abs(angle.x()) > std::abs(angle.y()) ? angle.x() : angle.y();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - delta);
    event->accept();
}

void AlignmentStrip::keyPressEvent(QKeyEvent *event)
{
    if (!compared_ || focus_.token < 0) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const auto step = [this](int by) {
        const int token = focus_.token + by;
        if (token >= 0 && token < layout_.tokens(focus_.reference))
            focus({focus_.reference, token});
    };
    switch (event->key()) {
    case Qt::Key_Left:
        step(-1);
        break;
    case Qt::Key_Right:
        step(1);
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (focus_.reference == (event->key() == Qt::Key_Up))
            focus(layout_.opposite(focus_));
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        take(focus_);
        break;
    case Qt::Key_Escape:
        taken_.reset();
        viewport()->update();
        break;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        put(focus_, {!focus_.reference, -1});
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace encoderscope
