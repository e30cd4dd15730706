// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/steps_painter.h"

#include "ui/figures/cell_raster.h"
#include "ui/figures/colour_map.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/screen_pixmap.h"
#include "ui/figures/vector_strip.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr double title_gap = 12.0;
constexpr double symbol_width = 56.0; ///< left of the cells, at least
constexpr double small = 0.86;        ///< size of numbers, of the text's
constexpr double weight_bar = 46.0;

bool isText(StepLine::Kind kind)
{
    return kind == StepLine::Kind::title || kind == StepLine::Kind::text;
}

QString classColours(const FigureStyle &style)
{
    return QStringLiteral(".query{color:%1}.key{color:%2}.value{color:%3}.output{color:%4}")
        .arg(style.query.name(), style.key.name(), style.value.name(), style.output.name());
}

QFont symbolFont(const StepLine &line, const FigureStyle &style)
{
    QFont font = line.numbers ? style.font : scaledFont(style.font, small);
    font.setBold(line.numbers);
    return font;
}

int elementsOf(const StepLine &line)
{
    return static_cast<int>(line.values.size());
}

/// Around elements that lie side by side; the whole strip where they go on in the next row.
QRectF outlineOf(const QRectF &strip, int elements, int first, int count)
{
    const QRectF begin = stripCell(strip, elements, first);
    const QRectF end = stripCell(strip, elements, first + count - 1);
    return begin.top() == end.top() ? begin.united(end) : strip;
}

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

QString describe(const StepLine &line, int element)
{
    return QStringLiteral("%1[%2] = %3")
        .arg(labelOf(line))
        .arg(element)
        .arg(static_cast<double>(line.values[element]), 0, 'g', 7);
}

const std::vector<StepLine> &StepsPainter::lines() const
{
    static const std::vector<StepLine> none;
    return figure_ ? std::get<WorkedSteps>(figure_->content).lines : none;
}

/// In a document that is not wanted any more, where there is one: making it takes longer than the text.
std::shared_ptr<StepsPainter::Text> StepsPainter::makeText(const QString &html, bool title)
{
    std::shared_ptr<Text> text;
    const auto spare = std::find_if(texts_.begin(), texts_.end(),
                                    [title](const auto &known) { return known.first.second == title; });
    if (spare != texts_.end()) {
        text = spare->second;
        text->picture = QPixmap();
        texts_.erase(spare);
    } else {
        text = std::make_shared<Text>();
        QFont font = style_.font;
        font.setBold(title);
        text->document.setUndoRedoEnabled(false);
        text->document.setDocumentMargin(0.0);
        text->document.setDefaultFont(font);
        text->document.setDefaultStyleSheet(classColours(style_));
        text->document.setTextWidth(width_);
    }
    text->document.setHtml(html);
    return text;
}

void StepsPainter::layOut(const FigurePtr &figure, double width, const FigureStyle &style)
{
    if (width != width_ || style != style_) {
        texts_.clear();
        labelWidths_.clear();
    }
    figure_ = figure;
    width_ = width;
    style_ = style;
    const double lineHeight = QFontMetricsF(style.font).height();
    const double smallLine = QFontMetricsF(scaledFont(style.font, small)).height();
    const LabelWidths known = std::exchange(labelWidths_, {});
    const double symbolWidth = labelWidth(false, known);
    const double weightedWidth = labelWidth(true, known);
    laid_.clear();
    Texts texts; // with those that are known first: the others take the place of what is left
    for (const StepLine &line : lines()) {
        if (auto known = texts_.extract({line.text, line.kind == StepLine::Kind::title}))
            texts.insert(std::move(known));
    }
    double y = 0.0;
    int step = lines().empty() ? 0 : lines().front().step;
    for (const StepLine &line : lines()) {
        Laid laid;
        double height = lineHeight + 4.0;
        if (isText(line.kind)) {
            if (line.step != step)
                y += title_gap;
            const bool title = line.kind == StepLine::Kind::title;
            std::shared_ptr<Text> &text = texts[{line.text, title}];
            if (!text)
                text = makeText(line.text, title);
            laid.text = text;
            height = laid.text->document.size().height() + 3.0;
        } else if (line.kind == StepLine::Kind::strip) {
            const double cells = stripHeight(elementsOf(line));
            const double label = line.weight.isEmpty() ? symbolWidth : weightedWidth;
            laid.label = QRectF(0.0, y - 1.0, label - 8.0, std::max(cells, 14.0) + 6.0);
            laid.strip = QRectF(label, y + 2.0, width - label, cells);
            height = std::max(cells, line.numbers ? 0.0 : smallLine) + 4.0 +
                     (line.numbers && style.showNumbers ? smallLine + 2.0 : 0.0);
        }
        laid.rect = QRectF(0.0, y, width, height);
        step = line.step;
        y += height;
        laid_.push_back(std::move(laid));
    }
    texts_ = std::move(texts);
}

double StepsPainter::labelWidth(bool weighted, const LabelWidths &known)
{
    QFont font = style_.font;
    font.setBold(!weighted);
    const QFontMetricsF metrics(weighted ? scaledFont(font, small) : font);
    // Not this run's weights: the cells would move with each digit.
    const QString before = weighted ? widestWeight() + worked_weight_separator : QString();
    double widest = symbol_width;
    for (const StepLine &line : lines()) {
        if (line.kind != StepLine::Kind::strip || line.weight.isEmpty() == weighted)
            continue;
        const auto [width, isNew] = labelWidths_.try_emplace({line.text, weighted});
        if (isNew) {
            const auto measured = known.find(width->first);
            width->second = measured != known.end() ? measured->second
                                                    : metrics.horizontalAdvance(before + line.text) + 10.0;
        }
        widest = std::max(widest, width->second);
    }
    return std::min(widest, width_ / 2.0);
}

QRectF StepsPainter::elementRect(int line, int element) const
{
    const auto at = static_cast<std::size_t>(line);
    return stripCell(laid_[at].strip, elementsOf(lines()[at]), element);
}

StepPoint StepsPainter::pointAt(const QPointF &point) const
{
    const auto laid = std::find_if(laid_.begin(), laid_.end(), [&point](const Laid &candidate) {
        return point.y() >= candidate.rect.top() && point.y() < candidate.rect.bottom();
    });
    if (laid == laid_.end())
        return {};
    const auto line = static_cast<int>(laid - laid_.begin());
    const int elements = elementsOf(lines()[static_cast<std::size_t>(line)]);
    return {line, elements > 0 ? stripElementAt(laid->strip, elements, point) : -1};
}

QString StepsPainter::plainText(int index) const
{
    const StepLine &line = lines()[static_cast<std::size_t>(index)];
    if (const std::shared_ptr<Text> &text = laid_[static_cast<std::size_t>(index)].text)
        return text->document.toPlainText();
    if (line.kind == StepLine::Kind::strip) {
        QStringList values;
        for (const float value : line.values)
            values.append(QString::number(static_cast<double>(value), 'g', 7));
        return labelOf(line) + QStringLiteral(" = [") + values.join(QStringLiteral(", ")) + QLatin1Char(']');
    }
    if (line.kind == StepLine::Kind::key)
        return QStringLiteral("%1\t%2\t%3\t%4")
            .arg(line.text, workedNumber(static_cast<double>(line.raw)),
                 workedNumber(static_cast<double>(line.scaled)),
                 workedNumber(static_cast<double>(line.share)));
    return line.text;
}

void StepsPainter::paint(QPainter &painter, const QRectF &visible, const StepMarks &marks) const
{
    for (int line = 0; line < static_cast<int>(laid_.size()); ++line) {
        if (lineRect(line).intersects(visible))
            paintLineAt(painter, line, marks);
    }
}

void StepsPainter::paintLineAt(QPainter &painter, int index, const StepMarks &marks) const
{
    const auto at = static_cast<std::size_t>(index);
    const StepLine &line = lines()[at];
    const Laid &laid = laid_[at];
    if (marks.hovered.line >= 0 && lines()[static_cast<std::size_t>(marks.hovered.line)].step == line.step)
        painter.fillRect(QRectF(-10.0, laid.rect.top(), 3.0, laid.rect.height()), style_.hover);
    switch (line.kind) {
    case StepLine::Kind::title:
    case StepLine::Kind::text:
        paintText(painter, laid);
        break;
    case StepLine::Kind::strip:
        paintStrip(painter, index, marks);
        break;
    case StepLine::Kind::keyTitle:
        paintKeyTitle(painter, laid.rect);
        break;
    case StepLine::Kind::key:
        paintKey(painter, index, marks);
        break;
    case StepLine::Kind::moreKeys:
        painter.setFont(scaledFont(style_.font, small));
        painter.setPen(marks.link.isValid() ? marks.link : style_.muted);
        paintLine(painter, laid.rect, Qt::AlignLeft | Qt::AlignVCenter, line.text);
        break;
    }
}

void StepsPainter::paintText(QPainter &painter, const Laid &laid) const
{
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette.setColor(QPalette::Text, style_.text);
    if (!pictures_) {
        painter.save();
        painter.translate(laid.rect.topLeft());
        laid.text->document.documentLayout()->draw(&painter, context);
        painter.restore();
        return;
    }
    QPixmap &picture = laid.text->picture;
    const double ratio = painter.device()->devicePixelRatioF();
    if (picture.isNull() || picture.devicePixelRatio() != ratio) {
        picture = screenPixmap(laid.rect.size(), ratio, Qt::transparent);
        QPainter onPicture(&picture);
        laid.text->document.documentLayout()->draw(&onPicture, context);
    }
    painter.drawPixmap(laid.rect.topLeft(), picture);
}

void StepsPainter::paintStrip(QPainter &painter, int index, const StepMarks &marks) const
{
    const auto at = static_cast<std::size_t>(index);
    const StepLine &line = lines()[at];
    const QRectF &strip = laid_[at].strip;
    const int elements = elementsOf(line);
    const ColourScale scale = ColourScale::diverging(static_cast<double>(line.limit));
    const auto colour = [&](int element) {
        return scale.colour(static_cast<double>(line.values[element]), style_.colouring());
    };
    if (paintsVectors(painter)) { // an image would be smoothed by whatever shows the file
        for (int element = 0; element < elements; ++element)
            painter.fillRect(stripCell(strip, elements, element), QColor::fromRgba(colour(element)));
    } else {
        QImage image(stripColumns(elements), stripRows(elements), QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        for (int element = 0; element < elements; ++element)
            image.setPixel(element % image.width(), element / image.width(), colour(element));
        painter.drawImage(strip, image);
    }

    const QColor role = line.colour.in(style_);
    painter.setFont(symbolFont(line, style_));
    painter.setPen(role);
    paintLine(painter, laid_[at].label, Qt::AlignLeft | Qt::AlignVCenter, labelOf(line));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(role, 1.0));
    painter.drawRect(strip.adjusted(-0.5, -0.5, 0.5, 0.5));

    if (line.part > 0) {
        painter.setPen(QPen(style_.background, 1.0));
        for (int begin = line.part; stripRows(elements) == 1 && begin < elements; begin += line.part) {
            const double x = stripCell(strip, elements, begin).left();
            painter.drawLine(QPointF(x, strip.top()), QPointF(x, strip.bottom()));
        }
        const QRectF first = stripCell(strip, elements, line.chosenPart * line.part);
        const QRectF last = stripCell(strip, elements, (line.chosenPart + 1) * line.part - 1);
        painter.setPen(QPen(style_.value, 2.0));
        painter.drawRect(first.top() == last.top() ? first.united(last) : first);
    }

    painter.setPen(QPen(style_.hover, 2.0));
    for (const StepCells &cells : marks.lit) {
        if (cells.line != index)
            continue;
        const QRectF outline = outlineOf(strip, elements, cells.first, cells.count);
        const double wider = std::max(0.0, (5.0 - outline.width()) / 2.0);
        painter.drawRect(outline.adjusted(-wider, -1.0, wider, 1.0));
    }
    if (line.numbers && style_.showNumbers)
        paintNumbers(painter, index, marks);
}

void StepsPainter::paintNumbers(QPainter &painter, int index, const StepMarks &marks) const
{
    const StepLine &line = lines()[static_cast<std::size_t>(index)];
    const QRectF &strip = laid_[static_cast<std::size_t>(index)].strip;
    const QFont font = scaledFont(style_.font, small);
    const QFontMetricsF metrics(font);
    const bool hovered = marks.hovered.line == index;
    QString text;
    if (hovered && marks.hovered.element >= 0) {
        text = describe(line, marks.hovered.element);
    } else {
        const QString more = QStringLiteral("⋯");
        double room = strip.width() - metrics.horizontalAdvance(more);
        for (const float value : line.values) {
            const QString next = workedNumber(static_cast<double>(value)) + QStringLiteral("  ");
            room -= metrics.horizontalAdvance(next);
            if (room < 0.0) {
                text += more;
                break;
            }
            text += next;
        }
    }
    painter.setFont(font);
    painter.setPen(hovered ? style_.text : style_.muted);
    paintLine(painter, QRectF(strip.left(), strip.bottom() + 2.0, strip.width(), metrics.height()),
              Qt::AlignLeft | Qt::AlignVCenter, text);
}

void StepsPainter::paintKeyTitle(QPainter &painter, const QRectF &rect) const
{
    const QFont font = scaledFont(style_.font, small);
    const KeyColumns columns = keyColumns(rect, QFontMetricsF(font));
    painter.setFont(font);
    painter.setPen(style_.muted);
    const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
    paintLine(painter, columns.token, Qt::AlignLeft | Qt::AlignVCenter,
              QCoreApplication::translate("WorkedExample", "key"));
    paintLine(painter, columns.raw, right, QStringLiteral("q·k"));
    paintLine(painter, columns.scaled, right, QStringLiteral("s"));
    paintLine(painter, columns.weight, right, QStringLiteral("a"));
    painter.setPen(QPen(style_.grid, 1.0));
    painter.drawLine(rect.bottomLeft(), rect.bottomRight());
}

void StepsPainter::paintKey(QPainter &painter, int index, const StepMarks &marks) const
{
    const StepLine &line = lines()[static_cast<std::size_t>(index)];
    const QRectF rect = lineRect(index);
    const QFont numberFont = scaledFont(style_.font, small);
    const KeyColumns columns = keyColumns(rect, QFontMetricsF(numberFont));
    if (line.chosen) {
        QColor tint = style_.key;
        tint.setAlpha(36);
        painter.fillRect(rect.adjusted(-4.0, 0.0, 4.0, 0.0), tint);
    }
    if (marks.litKey == line.token) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(style_.hover, 1.5));
        painter.drawRect(rect.adjusted(-3.5, 0.5, 3.5, -0.5));
    }
    QFont tokenFont = style_.font;
    tokenFont.setBold(line.chosen);
    painter.setFont(tokenFont);
    painter.setPen(line.chosen ? style_.key : style_.text);
    paintLine(painter, columns.token, Qt::AlignLeft | Qt::AlignVCenter, line.text);
    painter.setFont(numberFont);
    painter.setPen(line.masked || line.outside ? style_.muted : style_.text);
    const Qt::Alignment right = Qt::AlignRight | Qt::AlignVCenter;
    paintLine(painter, columns.raw, right, workedNumber(static_cast<double>(line.raw)));
    paintLine(painter, columns.scaled, right,
              line.masked    ? QCoreApplication::translate("WorkedExample", "masked")
              : line.outside ? QCoreApplication::translate("WorkedExample", "outside")
                             : workedNumber(static_cast<double>(line.scaled)));
    paintLine(painter, columns.weight, right, workedNumber(static_cast<double>(line.share)));
    if (!std::isfinite(line.share)) {
        painter.fillRect(columns.bar, QColor(notANumberColour));
        return;
    }
    painter.fillRect(columns.bar, style_.grid);
    QRectF bar = columns.bar;
    bar.setWidth(bar.width() * std::clamp(static_cast<double>(line.share), 0.0, 1.0));
    painter.fillRect(bar, style_.query);
}

} // namespace encoderscope
