// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure_text.h"

#include "ui/figures/cell_raster.h"

#include <QCache>
#include <QCoreApplication>
#include <QGlyphRun>
#include <QPainter>
#include <QTextLayout>
#include <QThread>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr double titleFactor = 1.15;
constexpr double captionFactor = 0.85;
constexpr int titleLines = 4;
constexpr int captionLines = 16;

QFont titleFont(const FigureStyle &style)
{
    return scaledFont(style.font, titleFactor, true);
}

QFont captionFont(const FigureStyle &style)
{
    return scaledFont(style.font, captionFactor);
}

bool titled(const Figure &figure, const FigureStyle &style)
{
    return style.showTitle && !figure.title.isEmpty();
}

bool captioned(const Figure &figure, const FigureStyle &style)
{
    return style.showCaption && !figure.caption.isEmpty();
}

double blockHeight(const QString &text, const QFont &font, double width, int most)
{
    return static_cast<double>(wrappedLines(text, font, width, most).size()) *
           QFontMetricsF(font).lineSpacing();
}

void paintBlock(QPainter &painter, const QRectF &rect, const QString &text, const QFont &font, int most)
{
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    double baseline = rect.top() + metrics.ascent();
    for (const QString &line : wrappedLines(text, font, rect.width(), most)) {
        painter.drawText(QPointF(rect.left(), baseline), line);
        baseline += metrics.lineSpacing();
    }
}

/// A line of text as glyphs.
struct ShapedLine {
    QList<QGlyphRun> glyphs;
    double ascent = 0.0; ///< from the top of the glyphs to the baseline
    double width = 0.0;
};

ShapedLine shape(const QFont &font, const QString &text)
{
    QTextLayout layout(text, font);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid())
        line.setNumColumns(std::numeric_limits<int>::max());
    layout.endLayout();
    if (!line.isValid())
        return {};
    return {layout.glyphRuns(), line.ascent(), line.naturalTextWidth()};
}

using ShapedLines = QCache<std::pair<QFont, QString>, ShapedLine>;
ShapedLines *shapedLines = nullptr; // ends with the application, before the fonts do

/// The labels of a figure are the same at nearly every repaint: the UI thread shapes each once.
ShapedLine shapedLine(const QFont &font, const QString &text)
{
    constexpr int most = 4000;
    if (!QCoreApplication::instance() || QThread::currentThread() != QCoreApplication::instance()->thread())
        return shape(font, text);
    if (!shapedLines) {
        shapedLines = new ShapedLines(most);
        qAddPostRoutine([] { delete std::exchange(shapedLines, nullptr); });
    }
    const std::pair key(font, text);
    if (const ShapedLine *known = shapedLines->object(key))
        return *known;
    const ShapedLine line = shape(font, text);
    shapedLines->insert(key, new ShapedLine(line));
    return line;
}

void paintShaped(QPainter &painter, const QPointF &baseline, const QString &text, const ShapedLine &line)
{
    if (paintsVectors(painter)) {
        painter.drawText(baseline, text); // files hold the text itself
        return;
    }
    for (const QGlyphRun &run : line.glyphs)
        painter.drawGlyphRun(baseline - QPointF(0.0, line.ascent), run);
}

} // namespace

QFont scaledFont(const QFont &font, double factor, bool bold)
{
    QFont scaled = font;
    const double pixels = font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * 96.0 / 72.0;
    const int smallest = pixels >= largeTextPixels ? largeTextPixels : 7;
    scaled.setPixelSize(std::max(smallest, qRound(pixels * factor)));
    scaled.setBold(bold);
    return scaled;
}

QFont axisFont(const FigureStyle &style)
{
    return scaledFont(style.font, 0.85);
}

QFont axisTitleFont(const FigureStyle &style)
{
    return scaledFont(style.font, 0.9);
}

namespace
{

/// Those that may be the widest: of a vocabulary's 30,000 pieces nobody wants to wait for all to be shaped.
QStringList longestOf(const QStringList &labels)
{
    constexpr qsizetype enough = 200;
    if (labels.size() <= 2 * enough)
        return labels;
    const auto length = [](const QString &label) {
        return std::accumulate(label.begin(), label.end(), 0, [](int sum, QChar character) {
            return sum + (character.unicode() >= 0x1100 ? 2 : 1); // Hangul, Han and the like are wide
        });
    };
    QList<std::pair<int, qsizetype>> places;
    for (qsizetype place = 0; place < labels.size(); ++place)
        places.append({-length(labels[place]), place});
    std::nth_element(places.begin(), places.begin() + enough, places.end());
    QStringList longest;
    for (qsizetype place = 0; place < enough; ++place)
        longest.append(labels[places[place].second]);
    return longest;
}

} // namespace

double widestLabel(const QStringList &labels, const QFont &font)
{
    // The same lists are measured at every move of the pointer. A list that is held here is not written over,
    // so one with the same data is the same.
    struct Measured {
        QStringList labels;
        QFont font;
        double widest = 0.0;
    };
    constexpr qsizetype few = 16;
    thread_local std::array<Measured, 8> lately;
    thread_local std::size_t oldest = 0;
    for (const Measured &measured : lately) {
        if (labels.size() > few && measured.labels.constData() == labels.constData() &&
            measured.labels.size() == labels.size() && measured.font == font)
            return measured.widest;
    }
    double widest = 0.0;
    for (const QString &label : longestOf(labels))
        widest = std::max(widest, shapedLine(font, label).width);
    if (labels.size() > few) {
        lately[oldest] = {labels, font, widest};
        oldest = (oldest + 1) % lately.size();
    }
    return widest;
}

bool fitsUpright(const QString &text, const QFont &font, double width)
{
    return text.size() <= 2 && shapedLine(font, text).width <= width;
}

QStringList wrappedLines(const QString &text, const QFont &font, double width, int most)
{
    // A title is measured several times for each repaint.
    struct Wrapped {
        QString text;
        QFont font;
        double width = 0.0;
        int most = 0;
        QStringList lines;
    };
    thread_local std::array<Wrapped, 16> lately;
    thread_local std::size_t oldest = 0;
    for (const Wrapped &wrapped : lately) {
        if (wrapped.most == most && wrapped.width == width && wrapped.text == text && wrapped.font == font)
            return wrapped.lines;
    }
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(text, font);
    layout.setTextOption(option);
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width, 1.0));
        if (lines.size() + 1 == most) {
            lines.append(QFontMetricsF(font).elidedText(text.mid(line.textStart()), Qt::ElideRight, width));
            break;
        }
        lines.append(text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();
    lately[oldest] = {text, font, width, most, lines};
    oldest = (oldest + 1) % lately.size();
    return lines;
}

void paintLine(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text,
               bool vertical)
{
    if (vertical && text.size() == 1 && fitsUpright(text, painter.font(), rect.width())) {
        const Qt::AlignmentFlag along = alignment & Qt::AlignRight     ? Qt::AlignTop
                                        : alignment & Qt::AlignHCenter ? Qt::AlignVCenter
                                                                       : Qt::AlignBottom;
        return paintLine(painter, rect, Qt::AlignHCenter | along, text);
    }
    const QSizeF size = vertical ? rect.size().transposed() : rect.size();
    const QFontMetricsF metrics(painter.font());
    QString shown = text;
    ShapedLine line = shapedLine(painter.font(), text);
    // A fraction of a unit of tolerance: widths that were measured elsewhere may differ by rounding.
    if (line.width > size.width() + 0.5) {
        shown = metrics.elidedText(text, Qt::ElideRight, size.width() + 0.5);
        line = shapedLine(painter.font(), shown);
    }
    if (shown.isEmpty() || (shown == QChar(0x2026) && shown != text))
        return; // nothing is left of it
    const double space = size.width() - line.width;
    double x = 0.0;
    if (alignment & Qt::AlignRight)
        x = space;
    else if (alignment & Qt::AlignHCenter)
        x = space / 2.0;
    double y = (size.height() + metrics.ascent() - metrics.descent()) / 2.0;
    if (alignment & Qt::AlignTop)
        y = metrics.ascent();
    else if (alignment & Qt::AlignBottom)
        y = size.height() - metrics.descent();
    if (!vertical) {
        paintShaped(painter, rect.topLeft() + QPointF(x, y), shown, line);
        return;
    }
    painter.save();
    painter.translate(rect.bottomLeft());
    painter.rotate(-90.0);
    paintShaped(painter, QPointF(x, y), shown, line);
    painter.restore();
}

bool narrow(double width, const FigureStyle &style)
{
    return width < 32.0 * QFontMetricsF(style.font).height();
}

FigureFrame figureFrame(const Figure &figure, const QRectF &area, const FigureStyle &style)
{
    QRectF inner = area.adjusted(frameMargin, frameMargin, -frameMargin, -frameMargin);
    inner.setSize(inner.size().expandedTo(QSizeF(1.0, 1.0)));
    FigureFrame frame{.title = inner, .body = inner, .caption = inner};
    frame.title.setHeight(0.0);
    frame.caption.setTop(inner.bottom());
    if (titled(figure, style)) {
        frame.title.setHeight(blockHeight(figure.title, titleFont(style), inner.width(), titleLines));
        frame.body.setTop(std::min(frame.title.bottom() + frameMargin * 0.75, inner.bottom() - 1.0));
    }
    if (captioned(figure, style)) {
        const double height = blockHeight(figure.caption, captionFont(style), inner.width(), captionLines);
        frame.caption.setTop(inner.bottom() - height);
        frame.body.setBottom(std::max(frame.caption.top() - frameMargin, frame.body.top() + 1.0));
    }
    return frame;
}

QSizeF framedSize(const Figure &figure, const QSizeF &body, const FigureStyle &style)
{
    double width = body.width();
    if (titled(figure, style)) {
        const double title = QFontMetricsF(titleFont(style)).horizontalAdvance(figure.title);
        width = std::max(width, std::min(std::ceil(title) + 1.0, 480.0));
    }
    if (captioned(figure, style))
        width = std::max(width, 280.0);
    width = std::ceil(width + 2.0 * frameMargin);
    return {width, framedHeight(figure, width, body.height(), style)};
}

double framedHeight(const Figure &figure, double width, double body, const FigureStyle &style)
{
    const double inner = std::max(1.0, width - 2.0 * frameMargin);
    double height = body;
    if (titled(figure, style))
        height += blockHeight(figure.title, titleFont(style), inner, titleLines) + frameMargin * 0.75;
    if (captioned(figure, style))
        height += blockHeight(figure.caption, captionFont(style), inner, captionLines) + frameMargin;
    return std::ceil(height + 2.0 * frameMargin);
}

QRectF paintFrame(QPainter &painter, const Figure &figure, const QRectF &area, const FigureStyle &style)
{
    const FigureFrame frame = figureFrame(figure, area, style);
    painter.fillRect(area, style.background);
    if (titled(figure, style)) {
        painter.setPen(style.text);
        paintBlock(painter, frame.title, figure.title, titleFont(style), titleLines);
    }
    if (captioned(figure, style)) {
        painter.setPen(style.muted);
        paintBlock(painter, frame.caption, figure.caption, captionFont(style), captionLines);
    }
    return frame.body;
}

} // namespace encoderscope
