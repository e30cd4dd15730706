// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/chart_figure.h"
#include "ui/figures/chart_scene.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/ticks.h"

#include <QBarSet>
#include <QHorizontalStackedBarSeries>
#include <QPainter>
#include <QStackedBarSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <utility>

namespace encoderscope
{

namespace
{

struct Range {
    double low, high;
};

Range valueRange(const BarsData &data)
{
    if (data.high > data.low)
        return {data.low, data.high};
    double low = 0.0;
    double high = 0.0;
    for (const double value : data.values) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    if (high <= 0.0 && low >= 0.0)
        return {0.0, 1.0};
    return {low < 0.0 ? -niceCeiling(-low) : 0.0, high > 0.0 ? niceCeiling(high) : 0.0};
}

/// Bars that there is room for.
qsizetype roomFor(const BarsData &data)
{
    return std::max<qsizetype>({1, data.values.size(), data.room});
}

struct BarsLayout {
    QRectF body, plot, labels, labelTitle;
    QFont font;
    bool verticalLabels = false;
    double pitch = 1.0;

    double centre(qsizetype bar, bool horizontal) const
    {
        return horizontal ? plot.top() + (static_cast<double>(bar) + 0.5) * pitch
                          : plot.left() + (static_cast<double>(bar) + 0.5) * pitch;
    }
};

BarsLayout barsLayout(const BarsData &data, const QRectF &body, const FigureStyle &style)
{
    const Range range = valueRange(data);
    const bool titled = !data.labelTitle.isEmpty();
    const double count = static_cast<double>(roomFor(data));
    BarsLayout layout;
    layout.body = body;
    layout.font = axisFont(style);
    const QFontMetricsF metrics(layout.font);
    const double widest = widestLabel(data.labels, layout.font);
    const double title = titled ? metrics.height() + 4.0 : 0.0;
    if (data.horizontal) {
        const double band =
            std::min(std::clamp(std::ceil(widest / 24.0 + 0.5) * 24.0, 48.0, 168.0), body.width() / 3.0);
        layout.plot = body.adjusted(band + title, 4.0, -16.0, -axisHeight(!data.valueTitle.isEmpty(), style));
        layout.labels = QRectF(body.left() + title, layout.plot.top(), band - 6.0, layout.plot.height());
        layout.labelTitle = QRectF(body.left(), layout.plot.top(), title, layout.plot.height());
        layout.pitch = layout.plot.height() / count;
    } else {
        const double axis = valueAxisWidth(range.low, range.high, !data.valueTitle.isEmpty(), style);
        const double width = std::max(1.0, body.width() - axis - 8.0);
        layout.pitch = width / count;
        // Numbers may thin out; names turn when they do not fit side by side.
        const bool numbers = std::all_of(data.labels.begin(), data.labels.end(), [](const QString &label) {
            return std::all_of(label.begin(), label.end(), [](QChar c) { return c.isDigit(); });
        });
        layout.verticalLabels = !numbers && widest + 8.0 > layout.pitch;
        const double band = layout.verticalLabels
                                ? std::min(std::clamp(widest + 8.0, 48.0, 132.0), body.height() / 3.0)
                                : metrics.height() + 6.0;
        layout.plot = body.adjusted(axis, 6.0, -8.0, -band - title);
        layout.labels =
            QRectF(layout.plot.left(), layout.plot.bottom() + 4.0, layout.plot.width(), band - 4.0);
        layout.labelTitle = QRectF(layout.plot.left(), layout.labels.bottom(), layout.plot.width(), title);
    }
    layout.plot.setSize(layout.plot.size().expandedTo(QSizeF(1.0, 1.0)));
    return layout;
}

QColor colourOf(const BarsData &data, qsizetype bar, const FigureStyle &style)
{
    if (data.colours.isEmpty())
        return style.series(0);
    return data.colours.size() == 1 ? data.colours.front() : data.colours.value(bar, style.series(0));
}

void paintBarLabels(QPainter &painter, const BarsData &data, const BarsLayout &layout,
                    const FigureStyle &style)
{
    painter.setFont(layout.font);
    painter.setPen(style.text);
    const QFontMetricsF metrics(layout.font);
    const double needed = data.horizontal || layout.verticalLabels
                              ? metrics.height() * 0.9
                              : widestLabel(data.labels, layout.font) + metrics.averageCharWidth();
    const qsizetype step = std::max<qsizetype>(
        1, static_cast<qsizetype>(std::lround(niceCeiling(std::ceil(needed / layout.pitch)))));
    for (qsizetype bar = 0; bar < data.labels.size(); bar += step) {
        const double centre = layout.centre(bar, data.horizontal);
        const double size = std::max(layout.pitch, needed);
        if (data.horizontal)
            paintLine(painter, QRectF(layout.labels.left(), centre - size / 2.0, layout.labels.width(), size),
                      Qt::AlignRight | Qt::AlignVCenter, data.labels.at(bar));
        else
            paintLine(painter, QRectF(centre - size / 2.0, layout.labels.top(), size, layout.labels.height()),
                      layout.verticalLabels ? Qt::AlignRight | Qt::AlignVCenter
                                            : Qt::AlignHCenter | Qt::AlignTop,
                      data.labels.at(bar), layout.verticalLabels);
    }
    painter.setFont(scaledFont(style.font, 0.9));
    painter.setPen(style.text);
    paintLine(painter, layout.labelTitle,
              data.horizontal ? Qt::AlignHCenter | Qt::AlignTop : Qt::AlignHCenter | Qt::AlignBottom,
              data.labelTitle, data.horizontal);
}

} // namespace

struct BarsFigure::Scene {
    ChartScene scene;
    QAbstractBarSeries *series = nullptr;
    QValueAxis *places = nullptr; ///< bar i is drawn around i
    QValueAxis *values = nullptr;
    bool stale = true;     ///< the bars are not those of the data
    QList<QColor> colours; ///< of the bar sets

    void buildAxes(const BarsData &data);
    void buildSeries(const BarsData &data);
    void build(const BarsData &data, const FigureStyle &style);
};

void BarsFigure::Scene::buildAxes(const BarsData &data)
{
    // Not a category axis: it would measure a label for every bar, and the labels are painted by us.
    places = new QValueAxis;
    places->setTickCount(2);
    places->setLabelsVisible(false);
    places->setGridLineVisible(false);
    values = new QValueAxis;
    values->setTitleText(data.valueTitle);
    scene.chart().addAxis(places, data.horizontal ? Qt::AlignLeft : Qt::AlignBottom);
    scene.chart().addAxis(values, data.horizontal ? Qt::AlignBottom : Qt::AlignLeft);
}

void BarsFigure::Scene::buildSeries(const BarsData &data)
{
    if (places == nullptr)
        buildAxes(data);
    scene.chart().removeAllSeries();
    if (data.horizontal)
        series = new QHorizontalStackedBarSeries;
    else
        series = new QStackedBarSeries;
    series->setBarWidth(0.8);
    for (const QColor &colour : colours) {
        auto *set = new QBarSet(QString());
        set->setBrush(colour);
        set->setPen(Qt::NoPen);
        series->append(set);
    }
    scene.chart().addSeries(series);
    series->attachAxis(places);
    series->attachAxis(values);
}

void BarsFigure::Scene::build(const BarsData &data, const FigureStyle &style)
{
    // A bar set has one colour: one set a colour, stacked, with zeros where another one has its bar.
    const qsizetype known = colours.size();
    const qsizetype count = roomFor(data);
    QList<QList<qreal>> heights(known);
    for (qsizetype bar = 0; bar < data.values.size(); ++bar) {
        // Horizontal bars read from the top.
        const qsizetype place = data.horizontal ? count - 1 - bar : bar;
        const QColor colour = colourOf(data, bar, style);
        qsizetype set = colours.indexOf(colour);
        if (set < 0) {
            set = colours.size();
            colours.append(colour);
            heights.append(QList<qreal>());
        }
        heights[set].resize(count);
        heights[set][place] = std::isfinite(data.values.at(bar)) ? data.values.at(bar) : 0.0;
    }
    if (series == nullptr || colours.size() != known)
        buildSeries(data);
    const QList<QBarSet *> sets = series->barSets();
    for (qsizetype set = 0; set < sets.size(); ++set) {
        heights[set].resize(count);
        sets.at(set)->remove(0, sets.at(set)->count());
        sets.at(set)->append(heights.at(set));
    }
    stale = false;
    places->setRange(-0.5, static_cast<double>(count) - 0.5);
}

BarsFigure::BarsFigure(BarsData data)
    : data_(std::move(data))
{
}

BarsFigure::~BarsFigure() = default;

QSizeF BarsFigure::naturalSize(const FigureStyle &style) const
{
    const double count = static_cast<double>(roomFor(data_));
    const double line = QFontMetricsF(axisFont(style)).height();
    if (data_.horizontal)
        return framedSize(*this, QSizeF(480.0, std::clamp(count * line * 1.4 + 60.0, 160.0, 2000.0)), style);
    return framedSize(*this, QSizeF(640.0, 280.0), style);
}

void BarsFigure::paint(QPainter &painter, const QRectF &area, const FigureStyle &style) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = paintFrame(painter, *this, area, style);
    const BarsLayout layout = barsLayout(data_, body, style);
    if (data_.values.isEmpty()) {
        painter.restore();
        return;
    }
    if (!scene_)
        scene_ = std::make_unique<Scene>();
    if (scene_->stale || data_.colours.isEmpty())
        scene_->build(data_, style);
    scene_->scene.applyStyle(style);
    const Range range = valueRange(data_);
    const QFontMetricsF metrics(layout.font);
    const int most = data_.horizontal
                         ? static_cast<int>(layout.plot.width() / (metrics.averageCharWidth() * 8.0))
                         : std::min(8, static_cast<int>(layout.plot.height() / (metrics.height() * 1.8)));
    setTicks(*scene_->values, range.low, range.high, most);
    scene_->scene.render(painter, layout.body, layout.plot);

    const double zero = -range.low / (range.high - range.low);
    painter.setPen(QPen(style.muted, 1.0));
    if (zero > 0.0 && zero < 1.0) {
        if (data_.horizontal) {
            const double x = layout.plot.left() + zero * layout.plot.width();
            painter.drawLine(QPointF(x, layout.plot.top()), QPointF(x, layout.plot.bottom()));
        } else {
            const double y = layout.plot.bottom() - zero * layout.plot.height();
            painter.drawLine(QPointF(layout.plot.left(), y), QPointF(layout.plot.right(), y));
        }
    }
    const auto outline = [&](int index, const QColor &colour) {
        const int place = data_.indices.isEmpty() ? index : static_cast<int>(data_.indices.indexOf(index));
        if (place < 0 || place >= data_.values.size())
            return;
        const double centre = layout.centre(place, data_.horizontal);
        painter.setPen(QPen(colour, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(
            data_.horizontal
                ? QRectF(layout.plot.left(), centre - layout.pitch / 2.0, layout.plot.width(), layout.pitch)
                : QRectF(centre - layout.pitch / 2.0, layout.plot.top(), layout.pitch, layout.plot.height()));
    };
    outline(emphasis.pinnedColumn, style.pin);
    outline(emphasis.hoveredColumn, style.hover);
    paintBarLabels(painter, data_, layout, style);
    painter.restore();
}

void BarsFigure::continueFrom(Figure &previous)
{
    auto *other = dynamic_cast<BarsFigure *>(&previous);
    if (other == nullptr || other == this || !other->scene_ || data_.horizontal != other->data_.horizontal ||
        data_.valueTitle != other->data_.valueTitle)
        return;
    scene_ = std::move(other->scene_);
    scene_->stale = true;
}

std::optional<Hit> BarsFigure::hit(const QPointF &point, const QRectF &area, const FigureStyle &style) const
{
    const BarsLayout layout = barsLayout(data_, figureFrame(*this, area, style).body, style);
    if (!layout.plot.united(layout.labels).contains(point))
        return std::nullopt;
    const double along = data_.horizontal ? point.y() - layout.plot.top() : point.x() - layout.plot.left();
    const auto bar = static_cast<qsizetype>(std::floor(along / layout.pitch));
    if (bar < 0 || bar >= data_.values.size())
        return std::nullopt;
    const auto named = [](const QString &what, const QString &text) {
        return what.isEmpty() ? text : what + QLatin1Char(' ') + text;
    };
    const int place = static_cast<int>(bar);
    return Hit{.column = data_.indices.isEmpty() ? place : data_.indices.value(bar, -1),
               .value = data_.values.at(bar),
               .description = named(data_.labelTitle, data_.labels.value(bar)) + QStringLiteral(" · ") +
                              named(data_.valueTitle, readableNumber(data_.values.at(bar)))};
}

Table BarsFigure::table() const
{
    Table table;
    table.columns = {data_.labelTitle.isEmpty() ? QStringLiteral("label") : data_.labelTitle,
                     data_.valueTitle.isEmpty() ? QStringLiteral("value") : data_.valueTitle};
    for (qsizetype bar = 0; bar < data_.values.size(); ++bar)
        table.rows.push_back({data_.labels.value(bar), data_.values.at(bar)});
    return table;
}

} // namespace encoderscope
