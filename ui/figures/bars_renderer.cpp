// SPDX-License-Identifier: GPL-3.0-or-later
// Bars, drawn by Qt Charts.
#include "ui/figures/chart_scene.h"
#include "ui/figures/content_renderer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/ticks.h"

#include <QBarSet>
#include <QHorizontalStackedBarSeries>
#include <QPainter>
#include <QStackedBarSeries>

#include <algorithm>
#include <cmath>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr double barShare = 0.8; ///< of the room that a bar has
constexpr double smallestFactor = 0.66;
constexpr qsizetype mostIdle = 2; ///< colours that no bar has

ValueAxis valueAxis(const BarsData &data)
{
    ValueAxis axis{.low = data.low, .high = data.high, .title = data.valueTitle};
    if (!(data.high > data.low && std::isfinite(data.high - data.low))) {
        double low = 0.0;
        double high = 0.0;
        for (const double value : data.values) {
            if (std::isfinite(value)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
        }
        axis.low = low < 0.0 ? -niceCeiling(-low) : 0.0;
        axis.high = high > 0.0 ? niceCeiling(high) : 0.0;
    }
    return axis.sound();
}

/// Bars that there is room for.
double roomFor(const BarsData &data)
{
    return static_cast<double>(std::max<qsizetype>({1, data.values.size(), data.room}));
}

QColor colourOf(const BarsData &data, qsizetype bar, const FigureStyle &style)
{
    if (data.colours.isEmpty())
        return style.series(0);
    return (data.colours.size() == 1 ? data.colours.front() : data.colours.value(bar)).in(style);
}

bool numbersOnly(const QStringList &labels)
{
    return std::all_of(labels.begin(), labels.end(), [](const QString &label) {
        return std::all_of(label.begin(), label.end(), [](QChar c) { return c.isDigit(); });
    });
}

/// Some of it is Hangul, Han or the like, whose letters are as high as a line.
bool wideScript(const QStringList &labels)
{
    return std::any_of(labels.begin(), labels.end(), [](const QString &label) {
        return std::any_of(label.begin(), label.end(), [](QChar c) { return c.unicode() >= 0x1100; });
    });
}

struct BarsLayout {
    QRectF body, plot, labels, labelTitle;
    QFont font;
    bool verticalLabels = false;
    double pitch = 1.0;
    double numbers = 0.0; ///< how wide the values beside the bars are; 0 = there are none
};

double widestNumber(const BarsData &data, const QFont &font)
{
    const QFontMetricsF metrics(font);
    double widest = 0.0;
    for (const double value : data.values)
        widest = std::max(widest, metrics.horizontalAdvance(shortNumber(value)));
    return std::ceil(widest);
}

double labelBand(const BarsData &data, double width, const QFont &font)
{
    const double widest = widestLabel(data.labels, font);
    return std::min(std::clamp(std::ceil(widest / 24.0 + 0.5) * 24.0, 48.0, 168.0), width / 3.0);
}

BarsLayout barsLayout(const BarsData &data, const ValueAxis &axis, const QRectF &body,
                      const FigureStyle &style)
{
    BarsLayout layout;
    layout.body = body;
    layout.font = axisFont(style);
    const double line = QFontMetricsF(layout.font).height();
    const double title = data.labelTitle.isEmpty() ? 0.0 : line + 4.0;
    if (data.horizontal) {
        const double band = labelBand(data, body.width(), layout.font);
        layout.numbers = data.numbers && style.showNumbers ? widestNumber(data, layout.font) + 8.0 : 0.0;
        layout.plot =
            plotWithin(body, {band + title, 4.0, std::max(layout.numbers, bottomAxisEnd(axis, style)),
                              bottomAxisHeight(axis, style)});
        layout.labels = QRectF(body.left() + title, layout.plot.top(), band - 6.0, layout.plot.height());
        layout.labelTitle = QRectF(body.left(), layout.plot.top(), title, layout.plot.height());
        layout.pitch = layout.plot.height() / roomFor(data);
    } else {
        const double left = leftAxisWidth(axis, style);
        layout.pitch = std::max(1.0, body.width() - left - 8.0) / roomFor(data);
        const double widest = widestLabel(data.labels, layout.font);
        // Numbers may thin out; names turn when they do not fit side by side.
        layout.verticalLabels = !numbersOnly(data.labels) && widest + 8.0 > layout.pitch;
        const double band = layout.verticalLabels
                                ? std::min(std::clamp(widest + 8.0, 48.0, 132.0), body.height() / 3.0)
                                : line + 6.0;
        layout.plot = plotWithin(body, {left, 6.0, 8.0, band + title});
        layout.pitch = layout.plot.width() / roomFor(data);
        layout.labels =
            QRectF(layout.plot.left(), layout.plot.bottom() + 4.0, layout.plot.width(), band - 4.0);
        layout.labelTitle = QRectF(layout.plot.left(), layout.labels.bottom(), layout.plot.width(), title);
    }
    // Smaller labels rather than fewer.
    if ((data.horizontal || layout.verticalLabels) && layout.pitch < line)
        layout.font = scaledFont(layout.font, std::max(smallestFactor, layout.pitch / line));
    return layout;
}

class BarsRenderer : public ContentRenderer
{
public:
    explicit BarsRenderer(const FigurePtr &figure)
        : ContentRenderer(figure)
    {
        goOnWith(figure);
    }

    bool goOnWith(const FigurePtr &figure) override
    {
        const auto *data = std::get_if<BarsData>(&figure->content);
        if (!data || (data_ && data->horizontal != data_->horizontal))
            return false;
        setFigure(figure);
        data_ = data;
        axis_ = valueAxis(*data);
        stale_ = true;
        return true;
    }
    QSizeF naturalSize(const Viewpoint &, const FigureStyle &style, double width) const override
    {
        const double line = QFontMetricsF(axisFont(style)).height();
        const double natural =
            data_->horizontal ? std::clamp(roomFor(*data_) * line * 1.4 + 60.0, 160.0, 2000.0) : 280.0;
        if (width <= 0.0)
            return {data_->horizontal ? 480.0 : 640.0, natural};
        return {width, data_->horizontal ? natural : std::clamp(width * 0.6, 160.0, 340.0)};
    }

    void paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
               const FigureStyle &style) override;
    std::optional<Hit> hit(const QPointF &point, const QRectF &body, const Viewpoint &,
                           const FigureStyle &style) override;

private:
    /// The scene, laid out.
    void arrange(const BarsLayout &layout, const FigureStyle &style);
    void build(const FigureStyle &style);
    void makeSets(const QList<QColor> &colours);
    /// Where the bars of `value` and `place` end; bar i lies around place i.
    QPointF end(double value, double place) const;
    double centre(qsizetype bar) const
    {
        const QPointF at = end(axis_.low, static_cast<double>(bar));
        return data_->horizontal ? at.y() : at.x();
    }
    /// The room of a bar, across the whole plot.
    QRectF lane(qsizetype bar) const
    {
        const double place = static_cast<double>(bar);
        return QRectF(end(axis_.low, place - 0.5), end(axis_.high, place + 0.5)).normalized();
    }
    void paintNumbers(QPainter &painter, const BarsLayout &layout, const FigureStyle &style) const;
    void paintLabels(QPainter &painter, const BarsLayout &layout, const FigureStyle &style) const;

    const BarsData *data_ = nullptr; ///< of the figure
    ValueAxis axis_;
    std::unique_ptr<ChartScene> scene_;
    QAbstractBarSeries *series_ = nullptr; ///< owned by the scene
    QList<QColor> colours_;                ///< of its sets
    bool stale_ = true;                    ///< the scene does not show the figure yet
};

QPointF BarsRenderer::end(double value, double place) const
{
    const double along = axis_.clamped(value);
    // Horizontal bars read from the top.
    return scene_->place(data_->horizontal ? QPointF(along, roomFor(*data_) - 1.0 - place)
                                           : QPointF(place, along));
}

void BarsRenderer::arrange(const BarsLayout &layout, const FigureStyle &style)
{
    const ValueAxis places{.low = -0.5, .high = roomFor(*data_) - 0.5, .hidden = true};
    const ValueAxis &bottom = data_->horizontal ? axis_ : places;
    const ValueAxis &left = data_->horizontal ? places : axis_;
    if (!scene_) {
        scene_ = std::make_unique<ChartScene>(bottom, left);
        series_ = data_->horizontal ? static_cast<QAbstractBarSeries *>(new QHorizontalStackedBarSeries)
                                    : new QStackedBarSeries;
        series_->setBarWidth(barShare);
        scene_->add(series_);
    }
    scene_->setAxes(bottom, left);
    const bool stale = std::exchange(stale_, false);
    if (scene_->arrange(layout.body, layout.plot, style) || stale)
        build(style);
}

/// A bar set has one colour: one set a colour, stacked, with zeros where another one has its bar. Qt Charts
/// takes longer to add and to remove sets than to fill them anew, so that those that are there stay.
void BarsRenderer::build(const FigureStyle &style)
{
    QList<QColor> colours;
    for (qsizetype bar = 0; bar < data_->values.size(); ++bar) {
        const QColor colour = colourOf(*data_, bar, style);
        if (!colours.contains(colour))
            colours.append(colour);
    }
    const auto known = [this](const QColor &colour) { return colours_.contains(colour); };
    if (colours.size() < colours_.size() - mostIdle || !std::all_of(colours.begin(), colours.end(), known))
        makeSets(colours);

    const auto count = static_cast<qsizetype>(roomFor(*data_));
    QList<QList<qreal>> heights(colours_.size(), QList<qreal>(count));
    for (qsizetype bar = 0; bar < data_->values.size(); ++bar) {
        const double value = data_->values.at(bar);
        heights[colours_.indexOf(colourOf(*data_, bar, style))][data_->horizontal ? count - 1 - bar : bar] =
            std::isfinite(value) ? axis_.clamped(value) : 0.0;
    }
    const QList<QBarSet *> sets = series_->barSets();
    for (qsizetype set = 0; set < sets.size(); ++set) {
        sets.at(set)->remove(0, sets.at(set)->count());
        sets.at(set)->append(heights.at(set));
    }
}

void BarsRenderer::makeSets(const QList<QColor> &colours)
{
    colours_ = colours;
    series_->clear();
    QList<QBarSet *> sets;
    for (const QColor &colour : colours) {
        sets.append(new QBarSet(QString()));
        sets.back()->setBrush(colour);
        sets.back()->setPen(Qt::NoPen);
    }
    series_->append(sets);
}

/// Beside the bars: Qt Charts would write them over the ends of the bars, and not for zeros.
void BarsRenderer::paintNumbers(QPainter &painter, const BarsLayout &layout, const FigureStyle &style) const
{
    const double line = QFontMetricsF(layout.font).height();
    if (layout.numbers <= 0.0 || line * 0.9 > layout.pitch)
        return;
    painter.setFont(layout.font);
    painter.setPen(style.text);
    for (qsizetype bar = 0; bar < data_->values.size(); ++bar) {
        const double value = data_->values.at(bar);
        const QPointF at = end(std::isfinite(value) ? std::max(0.0, value) : 0.0, static_cast<double>(bar));
        paintLine(painter, QRectF(at.x() + 4.0, at.y() - line / 2.0, layout.numbers - 4.0, line),
                  Qt::AlignLeft | Qt::AlignVCenter, shortNumber(value));
    }
}

/// Qt Charts turns all labels or none, and would lay out hundreds to hide most of them.
void BarsRenderer::paintLabels(QPainter &painter, const BarsLayout &layout, const FigureStyle &style) const
{
    painter.setFont(layout.font);
    painter.setPen(style.text);
    const QFontMetricsF metrics(layout.font);
    const double needed = data_->horizontal || layout.verticalLabels
                              ? metrics.height() * (wideScript(data_->labels) ? 1.1 : 0.9)
                              : widestLabel(data_->labels, layout.font) + metrics.averageCharWidth();
    const auto step = std::max<qsizetype>(
        1, static_cast<qsizetype>(std::lround(niceCeiling(std::ceil(needed / layout.pitch)))));
    for (qsizetype bar = 0; bar < data_->labels.size(); bar += step) {
        const double middle = centre(bar);
        const double size = std::max(layout.pitch, needed);
        if (data_->horizontal) {
            paintLine(painter, QRectF(layout.labels.left(), middle - size / 2.0, layout.labels.width(), size),
                      Qt::AlignRight | Qt::AlignVCenter, data_->labels.at(bar));
        } else {
            const bool turned =
                layout.verticalLabels && !fitsUpright(data_->labels.at(bar), layout.font, layout.pitch);
            paintLine(painter, QRectF(middle - size / 2.0, layout.labels.top(), size, layout.labels.height()),
                      turned ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignHCenter | Qt::AlignTop,
                      data_->labels.at(bar), turned);
        }
    }
    painter.setFont(axisTitleFont(style));
    paintLine(painter, layout.labelTitle,
              data_->horizontal ? Qt::AlignHCenter | Qt::AlignTop : Qt::AlignHCenter | Qt::AlignBottom,
              data_->labelTitle, data_->horizontal);
}

void BarsRenderer::paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
                         const FigureStyle &style)
{
    if (data_->values.isEmpty() || body.width() < 2.0 || body.height() < 2.0)
        return;
    const BarsLayout layout = barsLayout(*data_, axis_, body, style);
    arrange(layout, style);
    // Thin bars are drawn to whole pixels, or they fade.
    painter.setRenderHint(QPainter::Antialiasing, layout.pitch * barShare > 3.0);
    scene_->render(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(style.muted, 1.0));
    painter.drawLine(end(0.0, -0.5), end(0.0, roomFor(*data_) - 0.5));
    paintNumbers(painter, layout, style);
    const auto outline = [&](int index, const QColor &colour) {
        const int place = data_->indices.isEmpty() ? index : static_cast<int>(data_->indices.indexOf(index));
        if (place < 0 || place >= data_->values.size())
            return;
        painter.setPen(QPen(colour, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(lane(place));
    };
    outline(viewpoint.emphasis.pinnedColumn, style.pin);
    outline(viewpoint.emphasis.hoveredColumn, style.hover);
    paintLabels(painter, layout, style);
}

std::optional<Hit> BarsRenderer::hit(const QPointF &point, const QRectF &body, const Viewpoint &,
                                     const FigureStyle &style)
{
    const BarsLayout layout = barsLayout(*data_, axis_, body, style);
    if (!layout.plot.united(layout.labels).contains(point))
        return std::nullopt;
    const double along = data_->horizontal ? point.y() - layout.plot.top() : point.x() - layout.plot.left();
    const auto bar = static_cast<qsizetype>(std::floor(along / layout.pitch));
    if (bar < 0 || bar >= data_->values.size())
        return std::nullopt;
    const auto named = [](const QString &what, const QString &text) {
        return what.isEmpty() ? text : what + QLatin1Char(' ') + text;
    };
    const int place = static_cast<int>(bar);
    return Hit{.column = data_->indices.isEmpty() ? place : data_->indices.value(bar, -1),
               .value = data_->values.at(bar),
               .description = named(data_->labelTitle, data_->labels.value(bar)) + QStringLiteral(" · ") +
                              named(data_->valueTitle, readableNumber(data_->values.at(bar)))};
}

} // namespace

std::unique_ptr<ContentRenderer> barsRenderer(const FigurePtr &figure)
{
    return std::make_unique<BarsRenderer>(figure);
}

} // namespace encoderscope
