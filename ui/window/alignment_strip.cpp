// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/alignment_strip.h"

#include "engine/particles.h"
#include "ui/figures/catalogue/figure_labels.h"
#include "ui/figures/figure_text.h"
#include "ui/plain_text.h"
#include "ui/state/session.h"
#include "ui/state/token_matches.h"
#include "ui/theme.h"
#include "ui/window/alignment_rows.h"

#include <QHash>
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

constexpr double stripMargin = 12.0; // at both ends, as in the token strip
constexpr double chipGap = 5.0;      // between chips
constexpr double chipPadding = 6.0;  // around a chip's text
constexpr double lineRoom = 22.0;    // for the lines
constexpr double stripTop = 2.0;
constexpr double narrowest = 20.0;
constexpr double edge = 30.0; // where dragging scrolls
constexpr qsizetype mostReleased = 4;

std::size_t row(bool reference)
{
    return reference ? 1 : 0;
}

const std::vector<int> &side(const AlignedTokens &unit, bool reference)
{
    return reference ? unit.reference : unit.now;
}

const TracePtr &traceOf(const ComparedTrace &compared, bool reference)
{
    return reference ? compared.before : compared.now;
}

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

double AlignmentStrip::chipHeight() const
{
    return std::ceil(QFontMetricsF(font()).height() + 4.0);
}

QSize AlignmentStrip::sizeHint() const
{
    const int bar = horizontalScrollBar()->sizeHint().height();
    return {400, static_cast<int>(2.0 * stripTop + 2.0 * chipHeight() + lineRoom) + bar};
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
    width_ = 2.0 * stripMargin;
    byHand_.clear();
    for (const bool reference : {false, true}) {
        chips_[row(reference)].clear();
        units_[row(reference)].clear();
    }
    if (compared_) {
        const QFontMetricsF metrics(font());
        std::array<std::vector<double>, 2> widths;
        QHash<QString, double> known; // long texts repeat most of their pieces
        for (const bool reference : {false, true}) {
            for (const Token &token : traceOf(compared_, reference)->encoding().tokens) {
                double &width = known[token.text];
                if (width == 0.0)
                    width = std::ceil(std::max(
                        metrics.horizontalAdvance(printableText(token.text)) + 2.0 * chipPadding, narrowest));
                widths[row(reference)].push_back(width);
            }
        }
        const TokenAlignment &alignment = *compared_.alignment;
        const AlignmentRows rows = alignmentRows(alignment, widths[0], widths[1], chipGap);
        width_ += rows.width;
        for (const bool reference : {false, true}) {
            const std::vector<double> &lefts = reference ? rows.reference : rows.now;
            const double y = reference ? stripTop + chipHeight() + lineRoom : stripTop;
            for (std::size_t token = 0; token < lefts.size(); ++token)
                chips_[row(reference)].emplace_back(stripMargin + lefts[token], y,
                                                    widths[row(reference)][token], chipHeight());
            units_[row(reference)].assign(lefts.size(), 0);
            for (std::size_t unit = 0; unit < alignment.units.size(); ++unit) {
                for (const int token : side(alignment.units[unit], reference))
                    units_[row(reference)][static_cast<std::size_t>(token)] = unit;
            }
        }
        byHand_.assign(alignment.units.size(), false);
        for (const TokenPair &pair :
             correctionsOf(session_.state().matches, session_.frame()->state.reference,
                           compared_.now->encoding(), compared_.before->encoding())) {
            const bool reference = pair.now < 0;
            byHand_[units_[row(reference)][static_cast<std::size_t>(reference ? pair.reference : pair.now)]] =
                true;
        }
    }
    const auto gone = [this](const Place &place) {
        return place.token >= static_cast<int>(chips_[row(place.reference)].size());
    };
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
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(width_) - viewport()->width()));
    setAccessibleName(tr("Which token stands for which"));
    viewport()->update();
}

void AlignmentStrip::sayWhatWasReleased(const ComparedTrace &before)
{
    if (before.now != compared_.now || before.before != compared_.before || !before.alignment) {
        Q_EMIT released({});
        return;
    }
    const auto corrected = correctionsOf(session_.state().matches, session_.frame()->state.reference,
                                         compared_.now->encoding(), compared_.before->encoding());
    QStringList alone;
    for (const bool reference : {false, true}) {
        std::set<int> had;
        for (const AlignedTokens &unit : before.alignment->units) {
            if (unit.matched())
                had.insert(side(unit, reference).begin(), side(unit, reference).end());
        }
        for (const TokenPair &pair : corrected)
            had.erase(reference ? pair.reference : pair.now);
        for (const int token : had) {
            const Place place{reference, token};
            if (!unitOf(place)->matched())
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

const AlignedTokens *AlignmentStrip::unitOf(const Place &place) const
{
    return &compared_.alignment->units[units_[row(place.reference)][static_cast<std::size_t>(place.token)]];
}

QRectF AlignmentStrip::chip(const Place &place) const
{
    return chips_[row(place.reference)][static_cast<std::size_t>(place.token)].translated(
        -horizontalScrollBar()->value(), 0.0);
}

AlignmentStrip::Place AlignmentStrip::placeAt(const QPointF &point) const
{
    const QPointF inside = point + QPointF(horizontalScrollBar()->value(), 0.0);
    for (const bool reference : {false, true}) {
        const std::vector<QRectF> &chips = chips_[row(reference)];
        const auto found = std::partition_point(
            chips.begin(), chips.end(), [&](const QRectF &chip) { return chip.right() < inside.x(); });
        if (found != chips.end() && found->contains(inside))
            return {reference, static_cast<int>(found - chips.begin())};
    }
    return {};
}

AlignmentStrip::Place AlignmentStrip::opposite(const Place &place) const
{
    const std::vector<int> &partners = side(*unitOf(place), !place.reference);
    if (!partners.empty())
        return {!place.reference, partners.front()};
    const double middle = chips_[row(place.reference)][static_cast<std::size_t>(place.token)].center().x();
    const std::vector<QRectF> &others = chips_[row(!place.reference)];
    const auto after = std::partition_point(others.begin(), others.end(),
                                            [&](const QRectF &chip) { return chip.right() < middle; });
    return {!place.reference, static_cast<int>(std::min(after, std::prev(others.end())) - others.begin())};
}

QString AlignmentStrip::text(const Place &place) const
{
    return printableText(traceOf(compared_, place.reference)->token(place.token).text);
}

QString AlignmentStrip::describe(const Place &place) const
{
    const AlignedTokens &unit = *unitOf(place);
    QStringList lines{
        (place.reference ? tr("token %1 of the reference: “%2”") : tr("token %1 of the run: “%2”"))
            .arg(place.token)
            .arg(text(place))};
    QStringList partners;
    for (const int token : side(unit, !place.reference))
        partners.append(tr("“%1”").arg(text({!place.reference, token})));
    const QString all = partners.join(QStringLiteral(", "));
    lines += partners.isEmpty() ? tr("no partner")
             : unit.same        ? tr("the same characters as %1").arg(all)
                                : tr("stands for %1").arg(all);
    if (byHand_[units_[row(place.reference)][static_cast<std::size_t>(place.token)]])
        lines += tr("put together by hand");
    return withParticles(lines.join(QLatin1Char('\n')));
}

int AlignmentStrip::accessibleCount() const
{
    return static_cast<int>(chips_[0].size() + chips_[1].size());
}

int AlignmentStrip::index(const Place &place) const
{
    if (place.token < 0)
        return -1;
    return place.token + (place.reference ? static_cast<int>(chips_[0].size()) : 0);
}

AccessibleItem AlignmentStrip::accessibleItem(int index) const
{
    const auto first = static_cast<int>(chips_[0].size());
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
    const auto first = static_cast<int>(chips_[0].size());
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
    if (rect.left() < stripMargin)
        bar->setValue(bar->value() + static_cast<int>(rect.left() - 3.0 * stripMargin));
    else if (rect.right() > viewport()->width() - stripMargin)
        bar->setValue(bar->value() +
                      static_cast<int>(rect.right() - viewport()->width() + 3.0 * stripMargin));
}

/// Takes a token up, or puts the one that was taken up together with it.
void AlignmentStrip::take(const Place &place)
{
    if (!taken_) {
        taken_ = place;
        focus(opposite(place));
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
        const std::vector<QRectF> &chips = chips_[row(reference)];
        auto at = std::partition_point(chips.begin(), chips.end(),
                                       [&](const QRectF &chip) { return chip.right() < left; });
        for (; at != chips.end() && at->left() <= right; ++at)
            paintChip(painter, {reference, static_cast<int>(at - chips.begin())});
    }
    if (taken_ && drag_) {
        const QRectF from = chips_[row(taken_->reference)][static_cast<std::size_t>(taken_->token)];
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
        painter.setPen(QPen(unit.same ? style.muted : style.series(1), byHand_[index] ? 3.0 : 1.5));
        for (const int token : unit.now) {
            for (const int partner : unit.reference) {
                const QRectF &upper = chips_[0][static_cast<std::size_t>(token)];
                const QRectF &lower = chips_[1][static_cast<std::size_t>(partner)];
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
    const QRectF rect =
        chips_[row(place.reference)][static_cast<std::size_t>(place.token)].adjusted(0.5, 0.5, -0.5, -0.5);
    const Token &token = traceOf(compared_, place.reference)->token(place.token);
    const bool alone = !unitOf(place)->matched();
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
        painter.drawRect(rect.adjusted(chipPadding - 2.0, 2.0, 2.0 - chipPadding, -2.0));
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
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(width_) - viewport()->width()));
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
        if (token >= 0 && token < static_cast<int>(chips_[row(focus_.reference)].size()))
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
            focus(opposite(focus_));
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
