// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worked/worked_example.h"

#include "ui/figures/catalogue/catalogue.h"
#include "ui/figures/catalogue/worked_product.h"
#include "ui/jobs/result.h"
#include "ui/plain_text.h"
#include "ui/state/view_kinds.h"
#include "ui/theme.h"
#include "ui/worked/worked_sources.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr double margin = 12.0; ///< left and right of every line

const QString view = QStringLiteral("worked");
const QString productName = QStringLiteral("product");
const QString elementName = QStringLiteral("element");
const QString keysName = QStringLiteral("keys");

bool isStrip(const StepLine &line)
{
    return line.kind == StepLine::Kind::strip;
}

} // namespace

WorkedExample::WorkedExample(Session &session, QWidget *parent)
    : QAbstractScrollArea(parent)
    , session_(session)
    , kind_(*findFigureKind(QStringLiteral("worked-example")))
    , steps_(true)
    , job_([this](const Result<MadeFigure> &made) {
        if (waiting_)
            take(made);
    })
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // its coming and going would change every line
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    verticalScrollBar()->setSingleStep(20);
    setAccessibleName(tr("Worked example"));
    next_.setSingleShot(true);
    next_.setInterval(0);
    connect(&next_, &QTimer::timeout, this, [this] {
        if (stale_ && isVisible())
            rebuild();
    });
    connect(&session_, &Session::frameChanged, this, &WorkedExample::changed);
    connect(&session_.selection(), &Selection::hoveredChanged, viewport(), qOverload<>(&QWidget::update));
}

WorkedExample::~WorkedExample() = default;

FigureStyle WorkedExample::style() const
{
    return figureStyle(themeOf(palette()));
}

Parameters WorkedExample::parameters() const
{
    return session_.frame()->parameters(view);
}

void WorkedExample::changed()
{
    stale_ = true;
    if (!isVisible())
        return;
    const ModelPtr &model = session_.model();
    const bool other = std::exchange(model_, model).lock() != model;
    if (other && figure_)
        next_.start(); // all of the window is new then: the event loop is served in between
    else
        rebuild();
}

void WorkedExample::showEvent(QShowEvent *event)
{
    if (stale_)
        rebuild();
    QAbstractScrollArea::showEvent(event);
}

void WorkedExample::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Worked example"));
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange ||
        event->type() == QEvent::FontChange)
        changed();
    QAbstractScrollArea::changeEvent(event);
}

void WorkedExample::rebuild()
{
    stale_ = false;
    const FramePtr frame = session_.frame();
    const Parameters chosen = parameters();
    const auto make = [frame, chosen, &kind = kind_](const std::stop_token &stop) {
        // Here is room for the steps of one run.
        const bool two = frame->compared.comparison == Comparison::sideBySide;
        return figureOf(kind, two ? comparedAs(*frame, Comparison::now) : *frame, chosen, {}, stop);
    };
    if (*frame && takesLong(kind_, *frame, chosen)) {
        hover({});
        waiting_ = true;
        job_.ask([make](const JobControl &control) { return make(control.stop()); });
        return;
    }
    if (waiting_)
        job_.cancel();
    take(*frame ? attempt([&] { return make({}); }) : MadeFigure());
}

void WorkedExample::take(const Result<MadeFigure> &made)
{
    waiting_ = false;
    figure_ = made ? made->figure : nullptr;
    reason_ = made ? made->reason : made.problem();
    numbers_.reset();
    if (figure_)
        numbers_ = std::any_cast<WorkedNumbers>(made->kept);
    layOut();
    const int count = static_cast<int>(lines().size());
    focused_ = std::min(focused_, count - 1);
    if (hovered_.line >= count)
        hovered_ = {};
    viewport()->update();
}

void WorkedExample::layOut()
{
    steps_.layOut(figure_, std::max(80.0, viewport()->width() - 2.0 * margin), style());
    const int height = static_cast<int>(4.0 + steps_.height() + margin);
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
}

void WorkedExample::resizeEvent(QResizeEvent *event)
{
    layOut();
    QAbstractScrollArea::resizeEvent(event);
}

QPointF WorkedExample::origin() const
{
    return {margin, 4.0 - verticalScrollBar()->value()};
}

QPointF WorkedExample::inside(const QPointF &point) const
{
    return point - origin();
}

QRect WorkedExample::lineRect(int line) const
{
    return steps_.lineRect(line).translated(origin()).toAlignedRect();
}

QRectF WorkedExample::elementRect(int line, int element) const
{
    return steps_.elementRect(line, element).translated(origin());
}

QRect WorkedExample::stepRect(const QString &name) const
{
    QRect rect;
    for (int line = 0; line < static_cast<int>(lines().size()); ++line) {
        if (lineAt(line).name == name)
            rect |= lineRect(line);
    }
    return rect;
}

void WorkedExample::showStep(const QString &name)
{
    const QRect rect = stepRect(name);
    if (!rect.isNull())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + rect.top() - 8);
}

Selected WorkedExample::lightsOf(const StepLine &line) const
{
    return {.layer = numbers_->layer(),
            .head = line.place.head,
            .query = line.place.query,
            .key = line.place.key};
}

void WorkedExample::hover(const StepPoint &point)
{
    if (point == hovered_ || waiting_)
        return;
    hovered_ = point;
    hovering_ = point.line >= 0;
    if (point.line < 0) {
        session_.selection().unhover();
    } else {
        const StepLine &line = lineAt(point.line);
        session_.selection().hover(point.element < 0
                                       ? lightsOf(line)
                                       : workedLights(*numbers_, vectorOf(line), line.token, point.element));
    }
    viewport()->update();
}

StepMarks WorkedExample::marks() const
{
    StepMarks marks{.link = palette().color(QPalette::Link)};
    if (hovering_)
        marks.hovered = hovered_;
    const Selected &hovered = session_.selection().hovered();
    if (hovered.query < 0 || hovered.query == numbers_->query())
        marks.litKey = hovered.key;
    const WorkedElement open = opened();
    const StepPoint pointed = hovering_ ? hovered_ : StepPoint();
    for (int line = 0; line < static_cast<int>(lines().size()); ++line) {
        if (!isStrip(lineAt(line)))
            continue;
        const std::vector<StepCells> cells = litCells(*numbers_, lines(), line, open, pointed, hovered);
        marks.lit.insert(marks.lit.end(), cells.begin(), cells.end());
    }
    return marks;
}

void WorkedExample::paintEvent(QPaintEvent *event)
{
    const FigureStyle shownStyle = style();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), shownStyle.background);
    painter.setFont(shownStyle.font);
    if (!figure_) {
        painter.setPen(shownStyle.muted);
        painter.drawText(viewport()->rect().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         reason_.isEmpty() && !waiting_ ? tr("Type a sentence to see how it is computed.")
                                                        : reason_);
        return;
    }
    painter.translate(origin());
    steps_.paint(painter, QRectF(event->rect()).translated(-origin()), marks());
    if (focused_ >= 0) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1.0));
        painter.drawRect(steps_.lineRect(focused_).adjusted(-3.5, 0.5, 3.5, -0.5));
    }
}

QString WorkedExample::description(const StepPoint &point) const
{
    return point.line < 0 || point.element < 0 ? QString() : describe(lineAt(point.line), point.element);
}

QString WorkedExample::productHint(const StepPoint &point) const
{
    if (point.line < 0 || point.element < 0)
        return {};
    const std::optional<WorkedProduct> product =
        workedProduct(*numbers_, vectorOf(lineAt(point.line)), point.element);
    if (!product)
        return {};
    const auto number = [](double value) { return workedNumber(value, worked_operand_digits); };
    QString text = QStringLiteral("\n= ");
    for (Index term = 0; term < std::min<Index>(2, product->terms.size()); ++term)
        text += QStringLiteral("(%1)(%2) + ")
                    .arg(number(static_cast<double>(product->row[term])),
                         number(static_cast<double>(product->column[term])));
    text += tr("⋯ %n products", nullptr, static_cast<int>(product->terms.size()));
    if (product->biased)
        text += QStringLiteral(" + ") + number(product->bias);
    return text + QLatin1Char('\n') + tr("Click: all of them");
}

bool WorkedExample::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        hover({});
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const StepPoint point = steps_.pointAt(inside(help->pos()));
        QToolTip::showText(help->globalPos(), plainToolTip(description(point) + productHint(point)),
                           viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void WorkedExample::mouseMoveEvent(QMouseEvent *event)
{
    hover(steps_.pointAt(inside(event->position())));
}

void WorkedExample::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        activate(steps_.pointAt(inside(event->position())));
}

WorkedElement WorkedExample::opened() const
{
    const Parameters all = parameters();
    const ParameterKind &kind = viewKind(view, productName);
    const auto place = static_cast<std::size_t>(kind.choices.indexOf(chosen<QString>(all, kind)));
    return {workedProducts()[place], place == 0 ? -1 : chosen<int>(all, viewKind(view, elementName))};
}

void WorkedExample::open(const WorkedElement &element)
{
    const bool close = element == opened();
    const auto products = workedProducts();
    const auto place = std::find(products.begin(), products.end(), element.which) - products.begin();
    SessionState state = session_.state();
    Parameters &choices = state.views[view];
    choices[productName] = viewKind(view, productName).choices.value(close ? 0 : place);
    choices[elementName] = std::max(0, element.element);
    session_.edit(std::move(state), QString());
}

void WorkedExample::stepProduct(int step)
{
    const WorkedElement now = opened();
    if (now.element < 0 || !numbers_)
        return;
    const int size = static_cast<int>(numbers_->vector(now.which).size());
    const int next = std::clamp(now.element + step, 0, size - 1);
    if (next != now.element)
        open({now.which, next});
}

void WorkedExample::activate(const StepPoint &point)
{
    if (waiting_ || point.line < 0)
        return;
    const StepLine &line = lineAt(point.line);
    Selection &selection = session_.selection();
    if (isStrip(line) && isProduct(vectorOf(line)) && point.element >= 0) {
        open({vectorOf(line), point.element});
    } else if (line.kind == StepLine::Kind::key ||
               (isStrip(line) && vectorOf(line) == WorkedVector::weightedValue)) {
        const int token = line.token;
        selection.pinKey(selection.pinned().key == token ? -1 : token);
    } else if (line.kind == StepLine::Kind::moreKeys) {
        const ParameterKind &keys = viewKind(view, keysName);
        const bool all = chosen<QString>(parameters(), keys) == keys.choices.back();
        session_.setParameter(view, keysName, all ? keys.choices.front() : keys.choices.back());
    }
}

void WorkedExample::offer(Offer signal, int line)
{
    const FramePtr frame = session_.frame();
    if (!figure_)
        return;
    Parameters choices = parameters();
    if (line >= 0 && lineAt(line).step > 0)
        choices[QStringLiteral("step")] = lineAt(line).name;
    const Result<MadeFigure> made = attempt([&] { return figureOf(kind_, *frame, choices); });
    if (made && made->figure)
        (this->*signal)(made->figure, {});
}

void WorkedExample::contextMenuEvent(QContextMenuEvent *event)
{
    if (!figure_)
        return;
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const int line = keyboard ? focused_ : steps_.pointAt(inside(event->pos())).line;
    QMenu menu(this);
    if (line >= 0 && lineAt(line).step > 0)
        menu.addAction(tr("Export this step…"), this,
                       [this, line] { offer(&WorkedExample::exportRequested, line); });
    menu.addAction(tr("Export all steps…"), this, [this] { offer(&WorkedExample::exportRequested, -1); });
    menu.exec(event->globalPos());
}

void WorkedExample::moveFocus(int steps)
{
    if (lines().empty())
        return;
    focused_ = std::clamp(focused_ + steps, 0, static_cast<int>(lines().size()) - 1);
    const QRect rect = lineRect(focused_);
    QScrollBar *bar = verticalScrollBar();
    if (rect.top() < 0)
        bar->setValue(bar->value() + rect.top());
    else if (rect.bottom() > viewport()->height())
        bar->setValue(bar->value() + rect.bottom() - viewport()->height());
    hover({focused_, -1});
    const StepLine &line = lineAt(focused_);
    setAccessibleDescription(isStrip(line) || line.kind == StepLine::Kind::key ? labelOf(line)
                                                                               : steps_.plainText(focused_));
}

void WorkedExample::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(plainText());
        return;
    }
    const int all = static_cast<int>(lines().size());
    switch (event->key()) {
    case Qt::Key_Down:
        moveFocus(1);
        break;
    case Qt::Key_Up:
        moveFocus(-1);
        break;
    case Qt::Key_Left:
        stepProduct(-1);
        break;
    case Qt::Key_Right:
        stepProduct(1);
        break;
    case Qt::Key_Home:
        moveFocus(-all);
        break;
    case Qt::Key_End:
        moveFocus(all);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        activate({focused_, 0});
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void WorkedExample::focusOutEvent(QFocusEvent *event)
{
    focused_ = -1;
    hover({});
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

QString WorkedExample::plainText() const
{
    QString text;
    for (int line = 0; line < static_cast<int>(lines().size()); ++line) {
        if (lineAt(line).kind == StepLine::Kind::title && line > 0)
            text += QLatin1Char('\n');
        text += steps_.plainText(line) + QLatin1Char('\n');
    }
    return text;
}

QString WorkedExample::wordsAt(const QPoint &point) const
{
    const int line = steps_.pointAt(inside(point)).line;
    return line < 0 ? QString() : steps_.plainText(line);
}

} // namespace encoderscope
