// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/token_strip.h"

#include "ui/figures/catalogue/run_difference.h"
#include "ui/figures/figure_text.h"
#include "ui/plain_text.h"
#include "ui/state/session.h"
#include "ui/theme.h"

#include <QContextMenuEvent>
#include <QHash>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr double margin = 12.0; // at both ends, as in the sentence bar
constexpr double gap = 5.0;     // between words
constexpr double padding = 8.0; // around a chip's text
constexpr double radius = 6.0;
constexpr double barHeight = 3.0; // of the line that says which part is visible
constexpr double top = 3.0;

QFont idFont(const QFont &font)
{
    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * 0.78);
    return small;
}

/// A rectangle whose corners are round only where the chip does not join its neighbour.
QPainterPath chipShape(const QRectF &rect, bool joinsLeft, bool joinsRight)
{
    const QRectF box(0.0, 0.0, 2 * radius, 2 * radius);
    QPainterPath shape(QPointF(rect.left(), rect.center().y()));
    const auto corner = [&](const QPointF &at, const QPointF &boxAt, double angle, bool round) {
        if (round)
            shape.arcTo(box.translated(boxAt), angle, -90.0);
        else
            shape.lineTo(at);
    };
    const double right = rect.right() - box.width();
    const double bottom = rect.bottom() - box.height();
    corner(rect.topLeft(), rect.topLeft(), 180.0, !joinsLeft);
    corner(rect.topRight(), QPointF(right, rect.top()), 90.0, !joinsRight);
    corner(rect.bottomRight(), QPointF(right, bottom), 0.0, !joinsRight);
    corner(rect.bottomLeft(), QPointF(rect.left(), bottom), 270.0, !joinsLeft);
    shape.closeSubpath();
    return shape;
}

/// White space and control characters are shown by their Unicode pictures.
QString visible(const QString &text)
{
    QString shown = text;
    for (QChar &character : shown) {
        if (character < QChar(0x20))
            character = QChar(0x2400 + character.unicode());
        else if (character.isSpace())
            character = QChar(0x2423);
    }
    return shown;
}

} // namespace

TokenStrip::TokenStrip(Session &session, QWidget *parent)
    : QAbstractScrollArea(parent)
    , session_(session)
{
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalScrollBar()->setSingleStep(40);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Window);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    connect(&session_, &Session::frameChanged, this, &TokenStrip::showFrame);
    connect(&session_.selection(), &Selection::hoveredChanged, viewport(), qOverload<>(&QWidget::update));
    layoutChips();
}

double TokenStrip::chipHeight() const
{
    return std::ceil(QFontMetricsF(font()).height() + QFontMetricsF(idFont(font())).height() + 7.0);
}

double TokenStrip::markHeight() const
{
    return marked_ ? std::ceil(QFontMetricsF(idFont(font())).height() + 4.0) : 0.0;
}

QSize TokenStrip::sizeHint() const
{
    return {400, static_cast<int>(markHeight() + top + chipHeight() + top + barHeight + 1.0)};
}

QSize TokenStrip::minimumSizeHint() const
{
    return {80, sizeHint().height()};
}

void TokenStrip::showFrame()
{
    const int before = std::exchange(query_, session_.frame()->selection.query);
    const bool marked = *session_.frame() && session_.frame()->marks();
    if (std::exchange(marked_, marked) != marked)
        updateGeometry();
    layoutChips();
    if (query_ != before)
        reveal(query_);
}

void TokenStrip::layoutChips()
{
    chips_.clear();
    cut_.clear();
    marks_ = tokenMarksShown(*session_.frame());
    differing_.clear();
    if (session_.shown()) {
        DifferingTokens differing = differingTokens(session_.shown());
        differing_ = std::move(session_.shown().comparison == Comparison::before ? differing.reference
                                                                                 : differing.now);
    }
    width_ = margin;
    if (session_.shown()) {
        const Trace &trace = session_.shown().trace();
        const QFontMetricsF metrics(font());
        const QFontMetricsF idMetrics(idFont(font()));
        const double height = chipHeight();
        QHash<std::pair<QString, int>, double> widths; // long texts repeat most of their pieces
        for (int token = 0; token < trace.tokens(); ++token) {
            const Token &shown = trace.token(token);
            if (shown.special && session_.hidesSpecial())
                continue;
            const bool joins = shown.continuation && !chips_.empty();
            if (joins)
                chips_.back().joinsRight = true;
            else if (!chips_.empty())
                width_ += gap;
            double &width = widths[{shown.text, shown.id}];
            if (width == 0.0) {
                const double text = std::max(metrics.horizontalAdvance(visible(shown.text)),
                                             idMetrics.horizontalAdvance(QString::number(shown.id)));
                width = std::ceil(std::max(text, 12.0) + 2 * padding);
            }
            chips_.push_back({token, QRectF(width_, markHeight() + top, width, height), joins, false});
            width_ += width;
        }
        const Encoding &encoding = trace.encoding();
        if (encoding.cut_a >= 0 || encoding.cut_b >= 0) {
            const bool a = encoding.cut_a >= 0;
            const qsizetype at = a ? encoding.cut_a : encoding.cut_b;
            if (encoding.cut_left)
                cut_ = (a ? tr("✂ cut before character %1 of sentence A")
                          : tr("✂ cut before character %1 of sentence B"))
                           .arg(at + 1);
            else
                cut_ = (a ? tr("✂ cut after character %1 of sentence A")
                          : tr("✂ cut after character %1 of sentence B"))
                           .arg(at);
            width_ += gap + metrics.horizontalAdvance(cut_) + 2 * padding;
        }
    }
    width_ += margin;
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(width_) - viewport()->width()));
    describePinned();
    viewport()->update();
}

QRectF TokenStrip::chip(int token) const
{
    const int index = chipOf(token);
    return index < 0 ? QRectF()
                     : chips_[static_cast<std::size_t>(index)].rect.translated(
                           -horizontalScrollBar()->value(), 0.0);
}

int TokenStrip::tokenAt(const QPointF &point) const
{
    const QPointF inside = point + QPointF(horizontalScrollBar()->value(), 0.0);
    const auto found = std::find_if(chips_.begin(), chips_.end(),
                                    [&](const Chip &chip) { return chip.rect.contains(inside); });
    return found == chips_.end() ? -1 : found->token;
}

int TokenStrip::chipOf(int token) const
{
    const auto found = std::lower_bound(chips_.begin(), chips_.end(), token,
                                        [](const Chip &chip, int wanted) { return chip.token < wanted; });
    return found == chips_.end() || found->token != token ? -1 : static_cast<int>(found - chips_.begin());
}

AccessibleItem TokenStrip::accessibleItem(int index) const
{
    const Chip &chip = chips_[static_cast<std::size_t>(index)];
    const QStringList lines = describe(chip.token).split(QLatin1Char('\n'));
    const Selected &pinned = session_.selection().pinned();
    AccessibleItem told;
    told.name = lines.first();
    told.description = lines.mid(1).join(QStringLiteral(", "));
    if (chip.token == pinned.query)
        told.value = tr("query");
    else if (chip.token == pinned.key)
        told.value = tr("key");
    told.state.selectable = true;
    told.state.selected = chip.token == pinned.query;
    told.rect = chip.rect.translated(-horizontalScrollBar()->value(), 0.0).toAlignedRect();
    return told;
}

int TokenStrip::accessibleItemAt(const QPoint &point) const
{
    return chipOf(tokenAt(point));
}

int TokenStrip::accessibleFocus() const
{
    return chipOf(session_.selection().pinned().query);
}

void TokenStrip::pressAccessibleItem(int index)
{
    session_.selection().pinQuery(chips_[static_cast<std::size_t>(index)].token);
}

void TokenStrip::reveal(int token)
{
    const QRectF rect = chip(token);
    if (rect.isNull())
        return;
    QScrollBar *bar = horizontalScrollBar();
    if (rect.left() < margin)
        bar->setValue(bar->value() + static_cast<int>(rect.left() - 3 * margin));
    else if (rect.right() > viewport()->width() - margin)
        bar->setValue(bar->value() + static_cast<int>(rect.right() - viewport()->width() + 3 * margin));
}

QString TokenStrip::describe(int token) const
{
    const Trace &trace = session_.shown().trace();
    const Token &shown = trace.token(token);
    QStringList lines{tr("token %1: \"%2\"").arg(token).arg(visible(shown.text)),
                      tr("piece %1, id %2").arg(shown.piece).arg(shown.id)};
    if (shown.special)
        lines += tr("special token, added by the tokenizer");
    else
        lines += tr("characters %1 to %2, word %3").arg(shown.begin).arg(shown.end).arg(shown.word);
    if (shown.unknown)
        lines += tr("unknown: the vocabulary has no piece for it");
    if (trace.switches().masked_tokens.contains(token))
        lines += tr("taken out of attention");
    if (differing_.contains(token))
        lines += tr("differs from what it is compared with");
    lines += markDescriptions(*session_.frame(), token);
    return lines.join(QLatin1Char('\n'));
}

void TokenStrip::describePinned()
{
    const int query = session_.selection().pinned().query;
    setAccessibleName(tr("Tokens"));
    if (session_.shown() && query >= 0 && query < session_.shown().trace().tokens())
        setAccessibleDescription(describe(query));
    if (hasFocus())
        tellAccessibleFocus(this, accessibleFocus());
}

void TokenStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    paintScrollLine(painter);
    painter.translate(-horizontalScrollBar()->value(), 0.0);
    const double left = horizontalScrollBar()->value();
    const double right = left + viewport()->width();
    for (const Chip &chip : chips_) {
        if (chip.rect.right() >= left && chip.rect.left() <= right)
            paintChip(painter, chip);
    }
    painter.setFont(idFont(font()));
    paintTokenMarks(
        painter, marks_,
        [this](int token) {
            const int index = chipOf(token);
            return index < 0 ? QRectF() : chips_[static_cast<std::size_t>(index)].rect;
        },
        QRectF(left, top, right - left, markHeight()), figureStyle(themeOf(palette())));
    if (!cut_.isEmpty() && !chips_.empty()) {
        painter.setPen(palette().color(QPalette::BrightText));
        painter.setFont(font());
        const QRectF last = chips_.back().rect;
        painter.drawText(QRectF(last.right() + gap + padding, last.top(), width_, last.height()),
                         Qt::AlignVCenter | Qt::AlignLeft, cut_);
    }
}

/// Where the visible part lies when not all chips fit.
void TokenStrip::paintScrollLine(QPainter &painter) const
{
    const QScrollBar *bar = horizontalScrollBar();
    if (bar->maximum() == 0)
        return;
    const double whole = viewport()->width() - 2 * margin;
    const double visible = viewport()->width() / width_;
    const double y = viewport()->height() - barHeight - 0.5;
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Midlight));
    painter.drawRoundedRect(QRectF(margin, y, whole, barHeight), barHeight / 2, barHeight / 2);
    painter.setBrush(palette().color(QPalette::PlaceholderText));
    painter.drawRoundedRect(
        QRectF(margin + whole * (1 - visible) * bar->value() / bar->maximum(), y, whole * visible, barHeight),
        barHeight / 2, barHeight / 2);
}

void TokenStrip::paintChip(QPainter &painter, const Chip &chip) const
{
    const FigureStyle style = figureStyle(themeOf(palette()));
    const Trace &trace = session_.shown().trace();
    const Token &token = trace.token(chip.token);
    const Selected &pinned = session_.selection().pinned();
    const Selected &hovered = session_.selection().hovered();
    const bool isQuery = chip.token == pinned.query;
    const bool isKey = chip.token == pinned.key;
    const bool masked = session_.frame()->masked.contains(chip.token);
    const bool replaced = session_.frame()->replaced.contains(chip.token);

    const QRectF rect = chip.rect.adjusted(0.5, 0.5, -0.5, -0.5);
    const QPainterPath shape = chipShape(rect, chip.joinsLeft, chip.joinsRight);
    QColor fill = palette().color(token.special ? QPalette::Window : QPalette::Base);
    const auto tint = [&](const QColor &colour, double amount) {
        fill = QColor::fromRgbF(fill.redF() * (1 - amount) + colour.redF() * amount,
                                fill.greenF() * (1 - amount) + colour.greenF() * amount,
                                fill.blueF() * (1 - amount) + colour.blueF() * amount);
    };
    if (isQuery)
        tint(style.query, 0.22);
    if (isKey)
        tint(style.key, 0.22);
    if (chip.token == hovered.query || chip.token == hovered.key)
        tint(style.hover, 0.25);
    painter.fillPath(shape, fill);
    if (masked)
        painter.fillPath(shape, QBrush(style.muted, Qt::BDiagPattern));

    QPen border(palette().color(QPalette::Mid), 1.0, token.special ? Qt::DashLine : Qt::SolidLine);
    if (token.unknown)
        border = QPen(palette().color(QPalette::BrightText), 1.2, Qt::DotLine);
    painter.setPen(border);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape);
    if (differing_.contains(chip.token)) {
        constexpr double side = 8.0;
        painter.setPen(Qt::NoPen);
        painter.setBrush(style.series(1));
        painter.drawPolygon(QPolygonF(
            {rect.topRight(), rect.topRight() - QPointF(side, 0.0), rect.topRight() + QPointF(0.0, side)}));
    }
    if (isQuery || isKey) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isQuery ? style.query : style.key);
        painter.drawRect(QRectF(rect.left() + 4, rect.bottom() - 2.5, rect.width() - 8, 2.5));
        if (isQuery && isKey) {
            painter.setBrush(style.key);
            painter.drawRect(QRectF(rect.center().x(), rect.bottom() - 2.5, rect.width() / 2 - 4, 2.5));
        }
    }

    QFont textFont = font();
    textFont.setItalic(replaced);
    textFont.setStrikeOut(masked);
    painter.setFont(textFont);
    painter.setPen(token.special ? style.muted : palette().color(QPalette::Text));
    const double textHeight = QFontMetricsF(textFont).height();
    paintLine(painter, QRectF(rect.left(), rect.top() + 2, rect.width(), textHeight), Qt::AlignCenter,
              visible(token.text));
    painter.setFont(idFont(font()));
    painter.setPen(token.unknown ? palette().color(QPalette::BrightText) : style.muted);
    paintLine(painter,
              QRectF(rect.left(), rect.top() + 1 + textHeight, rect.width(), rect.height() - textHeight - 4),
              Qt::AlignCenter, QString::number(token.id));
}

void TokenStrip::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layoutChips();
}

void TokenStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        layoutChips();
    QAbstractScrollArea::changeEvent(event);
}

bool TokenStrip::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int token = tokenAt(help->pos());
        if (token >= 0)
            QToolTip::showText(help->globalPos(), plainToolTip(describe(token)), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    if (event->type() == QEvent::Leave)
        session_.selection().unhover();
    return QAbstractScrollArea::viewportEvent(event);
}

void TokenStrip::mouseMoveEvent(QMouseEvent *event)
{
    const int token = tokenAt(event->position());
    session_.selection().hover(Selected{.query = token});
}

void TokenStrip::mousePressEvent(QMouseEvent *event)
{
    const int token = tokenAt(event->position());
    if (token < 0 || event->button() != Qt::LeftButton)
        return;
    Selection &selection = session_.selection();
    if (event->modifiers().testFlag(Qt::ControlModifier))
        selection.pinKey(token == selection.pinned().key ? -1 : token);
    else
        selection.pinQuery(token);
}

void TokenStrip::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int token = tokenAt(event->position());
    if (token >= 0 && event->button() == Qt::LeftButton)
        session_.toggleMaskedToken(token);
}

void TokenStrip::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    const int delta = std::abs(angle.x()) > std::abs(angle.y()) ? angle.x() : angle.y();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - delta);
    event->accept();
}

void TokenStrip::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    const bool key = event->modifiers().testFlag(Qt::ShiftModifier);
    if (step != 0)
        session_.stepToken(step, key);
    else if (event->key() == Qt::Key_Space)
        session_.toggleMaskedToken(session_.selection().pinned().query);
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void TokenStrip::contextMenuEvent(QContextMenuEvent *event)
{
    const int token = tokenAt(event->pos());
    if (token < 0)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    Selection &selection = session_.selection();
    menu->addAction(tr("Pin as query"), &selection, [&selection, token] { selection.pinQuery(token); });
    menu->addAction(tr("Pin as key"), &selection, [&selection, token] { selection.pinKey(token); });
    menu->addSeparator();
    QAction *masked = menu->addAction(tr("Take out of attention"), &session_,
                                      [this, token] { session_.toggleMaskedToken(token); });
    masked->setCheckable(true);
    masked->setChecked(session_.maskedTokens().contains(token));
    QAction *replaced = menu->addAction(tr("Replace by the mask token"), &session_,
                                        [this, token] { session_.toggleReplacedByMask(token); });
    replaced->setCheckable(true);
    replaced->setChecked(session_.replacedTokens().contains(token));
    const TokenizerPtr tokenizer = session_.model() ? session_.model()->tokenizer : nullptr;
    replaced->setEnabled(tokenizer && tokenizer->mask_id() >= 0);
    menu->popup(event->globalPos());
}

} // namespace encoderscope
