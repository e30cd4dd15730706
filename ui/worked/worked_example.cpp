// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worked/worked_example.h"

#include "ui/figures/figure_text.h"
#include "ui/plain_text.h"
#include "ui/state/view_kinds.h"
#include "ui/theme.h"
#include "ui/worked/worked_product.h"
#include "ui/worked/worked_strip.h"

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr double title_gap = 12.0;

const QString workedView = QStringLiteral("worked");
const QString productName = QStringLiteral("product");
const QString elementName = QStringLiteral("element");

/// In the order of the view's choices; the first one stands for none.
constexpr std::array products{WorkedVector::input,      WorkedVector::query,
                              WorkedVector::key,        WorkedVector::value,
                              WorkedVector::headOutput, WorkedVector::attentionOutput,
                              WorkedVector::expanded,   WorkedVector::feedForwardOutput};

/// As lessons name them, in their order; the first is the heading.
constexpr std::array steps{"heading",          "input", "projections", "score", "scale",
                           "softmax",          "sum",   "output",      "norm",  "feed-forward",
                           "feed-forward-norm"};

bool isText(WorkedItem::Kind kind)
{
    return kind == WorkedItem::Kind::title || kind == WorkedItem::Kind::text;
}

} // namespace

WorkedExample::WorkedExample(Session &session, QWidget *parent)
    : QAbstractScrollArea(parent)
    , session_(session)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // its coming and going would change every line
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    verticalScrollBar()->setSingleStep(20);
    setAccessibleName(tr("Worked example"));
    connect(&session_, &Session::frameChanged, this, &WorkedExample::changed);
    connect(&session_.selection(), &Selection::hoveredChanged, viewport(), qOverload<>(&QWidget::update));
}

WorkedExample::~WorkedExample() = default;

FigureStyle WorkedExample::style() const
{
    return figureStyle(themeOf(palette()));
}

void WorkedExample::changed()
{
    stale_ = true;
    if (isVisible())
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
        event->type() == QEvent::FontChange) {
        texts_.clear();
        changed();
    }
    QAbstractScrollArea::changeEvent(event);
}

void WorkedExample::rebuild()
{
    stale_ = false;
    numbers_.reset();
    items_.clear();
    const ComparedTrace &shown = session_.shown();
    if (shown && shown.trace().layers() > 0 && shown.trace().has(TracePart::model)) {
        const Frame &frame = *session_.frame();
        const Selected &pinned = frame.selection;
        numbers_.emplace(frame.shown(), pinned.layer, pinned.head, pinned.query, pinned.key,
                         frame.state.hidesSpecial);
        items_ = workedItems(*numbers_, style(), shown.comparison, allKeys_, opened());
    }
    focused_ = std::min(focused_, static_cast<int>(items_.size()) - 1);
    if (hovered_.item >= static_cast<int>(items_.size()))
        hovered_ = {};
    layOut();
    viewport()->update();
}

std::shared_ptr<WorkedExample::Text> WorkedExample::makeText(const QString &html, const QFont &font) const
{
    auto text = std::make_shared<Text>();
    text->document.setDocumentMargin(0.0);
    text->document.setDefaultFont(font);
    text->document.setHtml(html);
    text->document.setTextWidth(textWidth_);
    return text;
}

void WorkedExample::layOut()
{
    const FigureStyle shownStyle = style();
    const QFont font = shownStyle.font;
    QFont titleFont = font;
    titleFont.setBold(true);
    const double line = QFontMetricsF(font).height();
    const double smallLine = QFontMetricsF(scaledFont(font, worked_small)).height();
    const double width = std::max(80.0, viewport()->width() - 2.0 * worked_margin);
    if (std::exchange(textWidth_, width) != width)
        texts_.clear();
    const double symbolWidth = labelWidth(false);
    const double weightedWidth = labelWidth(true);
    Texts texts;
    double y = 4.0;
    int step = 0;
    laid_.clear();
    for (const WorkedItem &item : items_) {
        Laid laid;
        double height = line + 4.0;
        if (isText(item.kind)) {
            if (item.step != step)
                y += title_gap;
            const bool title = item.kind == WorkedItem::Kind::title;
            std::shared_ptr<Text> &text = texts[{item.text, title}];
            if (const auto known = texts_.find({item.text, title}); known != texts_.end())
                text = known->second;
            else if (!text)
                text = makeText(item.text, title ? titleFont : font);
            laid.text = text;
            height = laid.text->document.size().height() + 3.0;
        } else if (item.kind == WorkedItem::Kind::strip) {
            const double cells = stripHeight(static_cast<int>(item.values.size()));
            const double label = item.weight.isEmpty() ? symbolWidth : weightedWidth;
            laid.label = QRectF(worked_margin, y - 1.0, label - 8.0, std::max(cells, 14.0) + 6.0);
            laid.strip = QRectF(worked_margin + label, y + 2.0, width - label, cells);
            height = std::max(cells, item.numbers ? 0.0 : smallLine) + 4.0 +
                     (item.numbers ? smallLine + 2.0 : 0.0);
        }
        laid.rect = QRectF(worked_margin, y, width, height);
        step = item.step;
        y += height;
        laid_.push_back(std::move(laid));
    }
    texts_ = std::move(texts);
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(y + worked_margin) - viewport()->height()));
}

double WorkedExample::labelWidth(bool weighted) const
{
    QFont font = style().font;
    font.setBold(!weighted);
    const QFontMetricsF metrics(weighted ? scaledFont(font, worked_small) : font);
    // Not this run's weights: the cells would move with each digit.
    const QString before = weighted ? widestWeight() + worked_weight_separator : QString();
    double widest = worked_symbol_width;
    for (const WorkedItem &item : items_) {
        if (item.kind == WorkedItem::Kind::strip && item.weight.isEmpty() != weighted)
            widest = std::max(widest, metrics.horizontalAdvance(before + item.text) + 10.0);
    }
    return std::min(widest, (viewport()->width() - 2.0 * worked_margin) / 2.0);
}

void WorkedExample::resizeEvent(QResizeEvent *event)
{
    layOut();
    QAbstractScrollArea::resizeEvent(event);
}

QRect WorkedExample::itemRect(int index) const
{
    return laid_[static_cast<std::size_t>(index)]
        .rect.translated(0, -verticalScrollBar()->value())
        .toAlignedRect();
}

QRectF WorkedExample::elementRect(int index, int element) const
{
    const auto at = static_cast<std::size_t>(index);
    return stripCell(laid_[at].strip, static_cast<int>(items_[at].values.size()), element)
        .translated(0, -verticalScrollBar()->value());
}

QRect WorkedExample::stepRect(const QString &name) const
{
    const auto step = std::find_if(steps.begin(), steps.end(),
                                   [&name](const char *one) { return name == QLatin1String(one); }) -
                      steps.begin();
    QRect rect;
    for (std::size_t index = 0; index < items_.size(); ++index) {
        if (items_[index].step == step)
            rect |= itemRect(static_cast<int>(index));
    }
    return rect;
}

void WorkedExample::showStep(const QString &name)
{
    const QRect rect = stepRect(name);
    if (!rect.isNull())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + rect.top() - 8);
}

WorkedExample::Place WorkedExample::placeAt(const QPointF &point) const
{
    const QPointF inside = point + QPointF(0, verticalScrollBar()->value());
    const auto laid = std::find_if(laid_.begin(), laid_.end(), [&](const Laid &candidate) {
        return inside.y() >= candidate.rect.top() && inside.y() < candidate.rect.bottom();
    });
    if (laid == laid_.end())
        return {};
    const auto item = static_cast<int>(laid - laid_.begin());
    const int elements = static_cast<int>(items_[static_cast<std::size_t>(item)].values.size());
    return {item, elements > 0 ? stripElementAt(laid->strip, elements, inside) : -1};
}

void WorkedExample::hover(const Place &place)
{
    if (place == hovered_)
        return;
    hovered_ = place;
    hovering_ = place.item >= 0;
    if (place.item < 0) {
        session_.selection().unhover();
    } else {
        const WorkedItem &item = items_[static_cast<std::size_t>(place.item)];
        session_.selection().hover(
            place.element < 0 ? item.lights : workedLights(*numbers_, item.which, item.token, place.element));
    }
    viewport()->update();
}

QString WorkedExample::describe(const Place &place) const
{
    if (place.item < 0 || place.element < 0)
        return {};
    const WorkedItem &item = items_[static_cast<std::size_t>(place.item)];
    return QStringLiteral("%1[%2] = %3")
        .arg(labelOf(item))
        .arg(place.element)
        .arg(static_cast<double>(item.values[place.element]), 0, 'g', 7);
}

QString WorkedExample::productHint(const Place &place) const
{
    if (place.item < 0 || place.element < 0)
        return {};
    const WorkedItem &item = items_[static_cast<std::size_t>(place.item)];
    const std::optional<WorkedProduct> product = workedProduct(*numbers_, item.which, place.element);
    if (!product)
        return {};
    const auto number = [](double value) { return workedNumber(value, worked_operand_digits); };
    QString text = QStringLiteral("\n= ");
    for (Index term = 0; term < std::min<Index>(2, product->terms.size()); ++term)
        text += QStringLiteral("(%1)(%2) + ")
                    .arg(number(static_cast<double>(product->row[term])),
                         number(static_cast<double>(product->column[term])));
    text += tr("… %n products", nullptr, static_cast<int>(product->terms.size()));
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
        const Place place = placeAt(help->pos());
        QToolTip::showText(help->globalPos(), plainToolTip(describe(place) + productHint(place)), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void WorkedExample::mouseMoveEvent(QMouseEvent *event)
{
    hover(placeAt(event->position()));
}

void WorkedExample::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        activate(placeAt(event->position()));
}

WorkedElement WorkedExample::opened() const
{
    const Parameters &chosenOnes = session_.frame()->parameters(workedView);
    const ParameterKind &kind = viewKind(workedView, productName);
    const auto place = static_cast<std::size_t>(kind.choices.indexOf(chosen<QString>(chosenOnes, kind)));
    return {products[place], place == 0 ? -1 : chosen<int>(chosenOnes, viewKind(workedView, elementName))};
}

void WorkedExample::open(const WorkedElement &element)
{
    const bool close = element == opened();
    const auto place = std::find(products.begin(), products.end(), element.which) - products.begin();
    SessionState state = session_.state();
    Parameters &choices = state.views[workedView];
    choices[productName] = viewKind(workedView, productName).choices.value(close ? 0 : place);
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

void WorkedExample::activate(const Place &place)
{
    if (place.item < 0)
        return;
    const WorkedItem &item = items_[static_cast<std::size_t>(place.item)];
    Selection &selection = session_.selection();
    if (item.kind == WorkedItem::Kind::strip && isProduct(item.which) && place.element >= 0) {
        open({item.which, place.element});
    } else if (item.kind == WorkedItem::Kind::key ||
               (item.kind == WorkedItem::Kind::strip && item.which == WorkedVector::weightedValue)) {
        const int token = item.token;
        selection.pinKey(selection.pinned().key == token ? -1 : token);
    } else if (item.kind == WorkedItem::Kind::moreKeys) {
        allKeys_ = !allKeys_;
        rebuild();
    }
}

void WorkedExample::moveFocus(int steps)
{
    if (items_.empty())
        return;
    focused_ = std::clamp(focused_ + steps, 0, static_cast<int>(items_.size()) - 1);
    const QRectF &rect = laid_[static_cast<std::size_t>(focused_)].rect;
    QScrollBar *bar = verticalScrollBar();
    if (rect.top() < bar->value())
        bar->setValue(static_cast<int>(rect.top()));
    else if (rect.bottom() > bar->value() + viewport()->height())
        bar->setValue(static_cast<int>(rect.bottom()) - viewport()->height());
    hover({focused_, -1});
    setAccessibleDescription(laid_[static_cast<std::size_t>(focused_)].text
                                 ? laid_[static_cast<std::size_t>(focused_)].text->document.toPlainText()
                                 : labelOf(items_[static_cast<std::size_t>(focused_)]));
}

void WorkedExample::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(plainText());
        return;
    }
    const int all = static_cast<int>(items_.size());
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
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const WorkedItem &item = items_[i];
        if (item.kind == WorkedItem::Kind::title && i > 0)
            text += QLatin1Char('\n');
        if (laid_[i].text) {
            text += laid_[i].text->document.toPlainText();
        } else if (item.kind == WorkedItem::Kind::strip) {
            QStringList values;
            for (const float value : item.values)
                values.append(QString::number(static_cast<double>(value), 'g', 7));
            text +=
                labelOf(item) + QStringLiteral(" = [") + values.join(QStringLiteral(", ")) + QLatin1Char(']');
        } else if (item.kind == WorkedItem::Kind::key) {
            const WorkedKey &key = numbers_->at(item.token);
            text += QStringLiteral("%1\t%2\t%3\t%4")
                        .arg(item.text, workedNumber(static_cast<double>(key.raw)),
                             workedNumber(static_cast<double>(key.scaled)),
                             workedNumber(static_cast<double>(key.weight)));
        } else {
            text += item.text;
        }
        text += QLatin1Char('\n');
    }
    return text;
}

} // namespace encoderscope
