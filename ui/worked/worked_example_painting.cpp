// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/colour_map.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/screen_pixmap.h"
#include "ui/worked/worked_example.h"
#include "ui/worked/worked_strip.h"

#include <QAbstractTextDocumentLayout>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

constexpr double weight_bar = 46.0;

} // namespace

std::vector<WorkedCells> WorkedExample::lit(int index) const
{
    const WorkedItem &item = items_[static_cast<std::size_t>(index)];
    const int all = static_cast<int>(item.values.size());
    std::vector<WorkedCells> cells;
    if (const WorkedElement open = opened();
        open.which == item.which && open.element >= 0 && open.element < all)
        cells.push_back({item.which, open.element, 1});
    if (hovering_ && hovered_.item >= 0) {
        const WorkedItem &source = items_[static_cast<std::size_t>(hovered_.item)];
        if (hovered_.item == index && hovered_.element >= 0)
            cells.push_back({item.which, hovered_.element, 1});
        if (hovered_.element >= 0) {
            for (const WorkedCells &from : workedSources(*numbers_, source.which, hovered_.element)) {
                if (from.which == item.which)
                    cells.push_back(from);
            }
        } else if (source.kind == WorkedItem::Kind::key && item.which == WorkedVector::weightedValue &&
                   item.token == source.token) {
            cells.push_back({item.which, 0, all});
        }
        return cells;
    }
    if (item.which == WorkedVector::productRow || item.which == WorkedVector::productColumn ||
        item.which == WorkedVector::productTerms)
        return cells; // of whatever is multiplied
    const Selected &hovered = session_.selection().hovered();
    const bool wide = item.which == WorkedVector::expanded || item.which == WorkedVector::activated;
    const int element = wide ? hovered.neuron : hovered.dimension;
    const bool ofHead = all == numbers_->trace().config().d_k();
    if (element >= 0 && element < all && !ofHead && item.which != WorkedVector::concatenation &&
        (hovered.query < 0 || hovered.query == numbers_->query()))
        cells.push_back({item.which, element, 1});
    return cells;
}

void WorkedExample::paintEvent(QPaintEvent *event)
{
    const FigureStyle shownStyle = style();
    QPainter painter(viewport());
    painter.fillRect(event->rect(), shownStyle.background);
    painter.setFont(shownStyle.font);
    if (items_.empty()) {
        painter.setPen(shownStyle.muted);
        painter.drawText(viewport()->rect().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Type a sentence to see how it is computed."));
        return;
    }
    painter.translate(0, -verticalScrollBar()->value());
    const QRectF visible = QRectF(event->rect()).translated(0, verticalScrollBar()->value());
    for (int index = 0; index < static_cast<int>(items_.size()); ++index) {
        if (laid_[static_cast<std::size_t>(index)].rect.intersects(visible))
            paintItem(painter, index, shownStyle);
    }
}

void WorkedExample::paintText(QPainter &painter, const Laid &laid, const FigureStyle &shownStyle) const
{
    QPixmap &picture = laid.text->picture;
    const double ratio = devicePixelRatioF();
    if (picture.isNull() || picture.devicePixelRatio() != ratio) {
        picture = screenPixmap(laid.rect.size(), ratio, Qt::transparent);
        QAbstractTextDocumentLayout::PaintContext context;
        context.palette.setColor(QPalette::Text, shownStyle.text);
        QPainter onPicture(&picture);
        laid.text->document.documentLayout()->draw(&onPicture, context);
    }
    painter.drawPixmap(laid.rect.topLeft(), picture);
}

void WorkedExample::paintItem(QPainter &painter, int index, const FigureStyle &shownStyle) const
{
    const auto at = static_cast<std::size_t>(index);
    const WorkedItem &item = items_[at];
    const Laid &laid = laid_[at];
    if (hovering_ && hovered_.item >= 0 &&
        items_[static_cast<std::size_t>(hovered_.item)].step == item.step) {
        // A bar beside the step that the pointer is on.
        painter.fillRect(QRectF(2.0, laid.rect.top(), 3.0, laid.rect.height()), shownStyle.hover);
    }
    if (index == focused_) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1.0));
        painter.drawRect(laid.rect.adjusted(-3.5, 0.5, 3.5, -0.5));
    }
    switch (item.kind) {
    case WorkedItem::Kind::title:
    case WorkedItem::Kind::text:
        paintText(painter, laid, shownStyle);
        break;
    case WorkedItem::Kind::strip:
        paintStrip(painter, index, shownStyle);
        break;
    case WorkedItem::Kind::keyTitle:
        paintKeyTitle(painter, laid.rect, shownStyle);
        break;
    case WorkedItem::Kind::key:
        paintKey(painter, index, shownStyle);
        break;
    case WorkedItem::Kind::moreKeys:
        painter.setFont(scaledFont(shownStyle.font, worked_small));
        painter.setPen(palette().color(QPalette::Link));
        paintLine(painter, laid.rect, Qt::AlignLeft | Qt::AlignVCenter, item.text);
        break;
    }
}

void WorkedExample::paintStrip(QPainter &painter, int index, const FigureStyle &shownStyle) const
{
    const auto at = static_cast<std::size_t>(index);
    const WorkedItem &item = items_[at];
    const QRectF &strip = laid_[at].strip;
    const auto elements = static_cast<int>(item.values.size());
    const ColourScale scale = ColourScale::diverging(static_cast<double>(item.limit));
    QImage image(stripColumns(elements), stripRows(elements), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    for (int element = 0; element < elements; ++element)
        image.setPixel(element % image.width(), element / image.width(),
                       scale.colour(static_cast<double>(item.values[element]), shownStyle.colouring()));
    painter.drawImage(strip, image);

    QFont symbol = item.numbers ? shownStyle.font : scaledFont(shownStyle.font, worked_small);
    symbol.setBold(item.numbers);
    painter.setFont(symbol);
    painter.setPen(item.colour);
    paintLine(painter, laid_[at].label, Qt::AlignLeft | Qt::AlignVCenter, labelOf(item));
    painter.setPen(QPen(item.colour, 1.0));
    painter.drawRect(strip.adjusted(-0.5, -0.5, 0.5, 0.5));

    if (item.which == WorkedVector::concatenation) {
        const int d_k = numbers_->trace().config().d_k();
        painter.setPen(QPen(shownStyle.background, 1.0));
        if (elements <= stripColumns(elements)) {
            for (int head = 1; head < numbers_->trace().heads(); ++head) {
                const double x = stripCell(strip, elements, head * d_k).left();
                painter.drawLine(QPointF(x, strip.top()), QPointF(x, strip.bottom()));
            }
        }
        // The head of this example.
        const QRectF first = stripCell(strip, elements, numbers_->head() * d_k);
        const QRectF last = stripCell(strip, elements, (numbers_->head() + 1) * d_k - 1);
        painter.setPen(QPen(shownStyle.value, 2.0));
        painter.drawRect(first.top() == last.top() ? first.united(last) : first);
    }

    painter.setPen(QPen(shownStyle.hover, 2.0));
    for (const WorkedCells &cells : lit(index)) {
        const QRectF first = stripCell(strip, elements, cells.first);
        const QRectF last = stripCell(strip, elements, cells.first + cells.count - 1);
        const QRectF outline = first.top() == last.top() ? first.united(last) : strip;
        const double wider = std::max(0.0, (5.0 - outline.width()) / 2.0);
        painter.drawRect(outline.adjusted(-wider, -1.0, wider, 1.0));
    }

    if (!item.numbers)
        return;
    QString text;
    if (hovered_.item == index && hovered_.element >= 0) {
        text = describe(hovered_);
    } else {
        const QFontMetricsF metrics(scaledFont(shownStyle.font, worked_small));
        double room = strip.width() - metrics.horizontalAdvance(QStringLiteral("…"));
        for (int element = 0; element < elements; ++element) {
            const QString next =
                workedNumber(static_cast<double>(item.values[element])) + QStringLiteral("  ");
            room -= metrics.horizontalAdvance(next);
            if (room < 0.0) {
                text += QStringLiteral("…");
                break;
            }
            text += next;
        }
    }
    painter.setFont(scaledFont(shownStyle.font, worked_small));
    painter.setPen(hovered_.item == index ? shownStyle.text : shownStyle.muted);
    paintLine(painter,
              QRectF(strip.left(), strip.bottom() + 2.0, strip.width(), painter.fontMetrics().height()),
              Qt::AlignLeft | Qt::AlignVCenter, text);
}

namespace
{

/// The columns of the keys: token, q·k, scaled, weight with its bar.
struct KeyColumns {
    QRectF token, raw, scaled, weight, bar;
};

/// `metrics` of the numbers.
KeyColumns keyColumns(const QRectF &row, const QFontMetricsF &metrics)
{
    const double weight = metrics.horizontalAdvance(widestWeight()) + 12.0;
    const double number = std::min(metrics.horizontalAdvance(QStringLiteral("−0.001234")) + 8.0,
                                   (row.width() - weight_bar - weight) / 3.1);
    const double bar = row.right() - weight_bar;
    const double numbers = bar - weight - 2.0 * number;
    const auto column = [&](double left, double width) {
        return QRectF(left, row.top(), width, row.height());
    };
    return {.token = column(row.left(), numbers - row.left() - 6.0),
            .raw = column(numbers, number),
            .scaled = column(numbers + number, number),
            .weight = column(bar - weight, weight - 6.0),
            .bar = column(bar, weight_bar).adjusted(0.0, 4.0, 0.0, -4.0)};
}

} // namespace

void WorkedExample::paintKeyTitle(QPainter &painter, const QRectF &rect, const FigureStyle &shownStyle) const
{
    const QFont font = scaledFont(shownStyle.font, worked_small);
    const KeyColumns columns = keyColumns(rect, QFontMetricsF(font));
    painter.setFont(font);
    painter.setPen(shownStyle.muted);
    const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
    paintLine(painter, columns.token, Qt::AlignLeft | Qt::AlignVCenter, tr("key"));
    paintLine(painter, columns.raw, right, QStringLiteral("q·k"));
    paintLine(painter, columns.scaled, right, QStringLiteral("s"));
    paintLine(painter, columns.weight, right, QStringLiteral("a"));
    painter.setPen(QPen(shownStyle.grid, 1.0));
    painter.drawLine(rect.bottomLeft(), rect.bottomRight());
}

void WorkedExample::paintKey(QPainter &painter, int index, const FigureStyle &shownStyle) const
{
    const auto at = static_cast<std::size_t>(index);
    const WorkedItem &item = items_[at];
    const QRectF &rect = laid_[at].rect;
    const QFont numberFont = scaledFont(shownStyle.font, worked_small);
    const KeyColumns columns = keyColumns(rect, QFontMetricsF(numberFont));
    const WorkedKey &key = numbers_->at(item.token);
    const bool pinned = item.token == numbers_->key();
    if (pinned) {
        QColor tint = shownStyle.key;
        tint.setAlpha(36);
        painter.fillRect(rect.adjusted(-4.0, 0.0, 4.0, 0.0), tint);
    }
    const Selected &hovered = session_.selection().hovered();
    if (hovered.key == item.token && (hovered.query < 0 || hovered.query == numbers_->query())) {
        painter.setPen(QPen(shownStyle.hover, 1.5));
        painter.drawRect(rect.adjusted(-3.5, 0.5, 3.5, -0.5));
    }
    QFont tokenFont = shownStyle.font;
    tokenFont.setBold(pinned);
    painter.setFont(tokenFont);
    painter.setPen(pinned ? shownStyle.key : shownStyle.text);
    paintLine(painter, columns.token, Qt::AlignLeft | Qt::AlignVCenter, item.text);
    painter.setFont(numberFont);
    painter.setPen(key.masked ? shownStyle.muted : shownStyle.text);
    const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
    paintLine(painter, columns.raw, right, workedNumber(static_cast<double>(key.raw)));
    paintLine(painter, columns.scaled, right,
              key.masked ? tr("masked") : workedNumber(static_cast<double>(key.scaled)));
    paintLine(painter, columns.weight, right, workedNumber(static_cast<double>(key.weight)));
    if (!std::isfinite(key.weight)) {
        painter.fillRect(columns.bar, QColor(notANumberColour));
        return;
    }
    painter.fillRect(columns.bar, shownStyle.grid);
    QRectF bar = columns.bar;
    bar.setWidth(bar.width() * std::clamp(static_cast<double>(key.weight), 0.0, 1.0));
    painter.fillRect(bar, shownStyle.query);
}

} // namespace encoderscope
