// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/chart_figure.h"

#include "ui/figures/cell_raster.h"
#include "ui/figures/chart_scene.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/ticks.h"

#include <QLineSeries>
#include <QLogValueAxis>
#include <QPainter>
#include <QScatterSeries>
#include <QSet>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr double markerSize = 8.0;
constexpr double hitDistance = 12.0;

struct ChartLayout {
    QRectF body, plot, legend;
};

bool hasLegend(const ChartData &data)
{
    return std::any_of(data.series.begin(), data.series.end(),
                       [](const ChartSeries &series) { return !series.name.isEmpty(); });
}

ChartLayout chartLayout(const ChartData &data, const QRectF &body, const FigureStyle &style)
{
    const double legend = hasLegend(data) ? std::ceil(QFontMetricsF(axisFont(style)).height()) + 8.0 : 0.0;
    ChartLayout layout;
    layout.body = body;
    layout.legend = QRectF(body.left(), body.top(), body.width(), legend);
    layout.plot = body.adjusted(valueAxisWidth(data.yLow, data.yHigh, !data.yTitle.isEmpty(), style),
                                legend + 6.0, -14.0, -axisHeight(!data.xTitle.isEmpty(), style));
    layout.plot.setSize(layout.plot.size().expandedTo(QSizeF(1.0, 1.0)));
    return layout;
}

QPointF place(const ChartData &data, const QRectF &plot, const QPointF &value)
{
    const double x = (value.x() - data.xLow) / (data.xHigh - data.xLow);
    double y = (value.y() - data.yLow) / (data.yHigh - data.yLow);
    if (data.logarithmicY)
        y = std::log(std::max(value.y(), data.yLow) / data.yLow) / std::log(data.yHigh / data.yLow);
    return {plot.left() + x * plot.width(), plot.bottom() - y * plot.height()};
}

void paintLegend(QPainter &painter, const ChartData &data, const ChartLayout &layout,
                 const FigureStyle &style)
{
    painter.setFont(axisFont(style));
    const QFontMetricsF metrics(painter.font());
    double x = layout.plot.left();
    const double y = layout.legend.center().y();
    for (const ChartSeries &series : data.series) {
        if (series.name.isEmpty())
            continue;
        const double width = metrics.horizontalAdvance(series.name);
        if (x + 24.0 + width > layout.legend.right())
            break;
        if (series.kind == ChartSeries::Kind::points) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(series.colour);
            painter.drawEllipse(QPointF(x + 9.0, y), markerSize / 2.0, markerSize / 2.0);
            painter.setBrush(Qt::NoBrush);
        } else {
            const bool dashed = series.kind == ChartSeries::Kind::dashedLine;
            painter.setPen(QPen(series.colour, 2.0, dashed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QPointF(x, y), QPointF(x + 18.0, y));
        }
        painter.setPen(style.text);
        paintLine(painter, QRectF(x + 24.0, layout.legend.top(), width + 1.0, layout.legend.height()),
                  Qt::AlignLeft | Qt::AlignVCenter, series.name);
        x += width + 42.0;
    }
}

/// Whether one scene can paint both: they differ in points, colours and linear ranges at most.
bool sameShape(const ChartData &a, const ChartData &b)
{
    return a.xTitle == b.xTitle && a.yTitle == b.yTitle && a.logarithmicY == b.logarithmicY &&
           (!a.logarithmicY || (a.yLow == b.yLow && a.yHigh == b.yHigh)) &&
           std::equal(
               a.series.begin(), a.series.end(), b.series.begin(), b.series.end(),
               [](const ChartSeries &one, const ChartSeries &other) { return one.kind == other.kind; });
}

/// Labels beside their points; one that would cover another is left out.
void paintPointLabels(QPainter &painter, const ChartData &data, const ChartLayout &layout,
                      const FigureStyle &style)
{
    painter.setFont(axisFont(style));
    painter.setPen(style.text);
    const QFontMetricsF metrics(painter.font());
    QList<QRectF> taken;
    for (const ChartSeries &series : data.series) {
        for (qsizetype index = 0; index < std::min(series.points.size(), series.labels.size()); ++index) {
            const QString label = metrics.elidedText(series.labels.at(index), Qt::ElideRight, 120.0);
            const QPointF point = place(data, layout.plot, series.points.at(index));
            const QSizeF size(metrics.horizontalAdvance(label) + 1.0, metrics.height());
            if (label.isEmpty())
                continue;
            for (const QPointF &corner :
                 {QPointF(point.x() + 6.0, point.y() - size.height() / 2.0),
                  QPointF(point.x() - 6.0 - size.width(), point.y() - size.height() / 2.0),
                  QPointF(point.x() - size.width() / 2.0, point.y() - 6.0 - size.height()),
                  QPointF(point.x() - size.width() / 2.0, point.y() + 6.0)}) {
                const QRectF rect(corner, size);
                const bool free = layout.body.contains(rect) &&
                                  std::none_of(taken.begin(), taken.end(), [&rect](const QRectF &other) {
                                      return other.intersects(rect);
                                  });
                if (!free)
                    continue;
                taken.append(rect);
                paintLine(painter, rect, Qt::AlignLeft | Qt::AlignVCenter, label);
                break;
            }
        }
    }
}

/// Rings around the points that are hovered and pinned.
void paintEmphasis(QPainter &painter, const ChartData &data, const Emphasis &emphasis,
                   const ChartLayout &layout, const FigureStyle &style)
{
    painter.setBrush(Qt::NoBrush);
    for (const ChartSeries &series : data.series) {
        if (series.kind != ChartSeries::Kind::points)
            continue;
        const auto ring = [&](int row, const QColor &colour) {
            if (row < 0 || row >= series.points.size())
                return;
            painter.setPen(QPen(colour, 2.0));
            painter.drawEllipse(place(data, layout.plot, series.points.at(row)), markerSize * 0.85,
                                markerSize * 0.85);
        };
        ring(emphasis.pinnedRow, style.pin);
        ring(emphasis.hoveredRow, style.hover);
    }
}

/// The points that are seen: of those within a thousandth of the axes of each other only the first, when
/// there are so many that drawing them takes long.
QList<QPointF> seenPoints(const ChartData &data, const ChartSeries &series)
{
    constexpr qsizetype many = 500;
    constexpr double cells = 1000.0;
    if (series.kind != ChartSeries::Kind::points || series.points.size() <= many)
        return series.points;
    QList<QPointF> seen;
    QSet<QPair<int, int>> taken;
    for (const QPointF &point : series.points) {
        const QPair<int, int> cell(qRound((point.x() - data.xLow) / (data.xHigh - data.xLow) * cells),
                                   qRound((point.y() - data.yLow) / (data.yHigh - data.yLow) * cells));
        if (taken.contains(cell))
            continue;
        taken.insert(cell);
        seen.append(point);
    }
    return seen;
}

} // namespace

struct ChartFigure::Scene {
    ChartScene scene;
    QList<QXYSeries *> series;
    QValueAxis *x = nullptr;
    QAbstractAxis *y = nullptr;

    void build(const ChartData &data);
    void applyStyle(const ChartData &data, const FigureStyle &style, const QRectF &plot);
    /// Points become copies of one picture on the screen, `pixels` device pixels wide, and circles (0) in
    /// files: hundreds of circles would take longer than everything else.
    void setMarkers(const ChartData &data, const FigureStyle &style, int pixels);
};

void ChartFigure::Scene::build(const ChartData &data)
{
    QChart &chart = scene.chart();
    x = new QValueAxis;
    x->setTitleText(data.xTitle);
    chart.addAxis(x, Qt::AlignBottom);
    if (data.logarithmicY) {
        auto *logarithmic = new QLogValueAxis;
        logarithmic->setBase(10.0);
        logarithmic->setLabelFormat(QStringLiteral("%g"));
        logarithmic->setRange(data.yLow, data.yHigh);
        y = logarithmic;
    } else {
        y = new QValueAxis;
    }
    y->setTitleText(data.yTitle);
    chart.addAxis(y, Qt::AlignLeft);
    for (const ChartSeries &one : data.series) {
        QXYSeries *made = nullptr;
        if (one.kind == ChartSeries::Kind::points)
            made = new QScatterSeries;
        else
            made = new QLineSeries;
        made->replace(seenPoints(data, one));
        chart.addSeries(made);
        made->attachAxis(x);
        made->attachAxis(y);
        series.append(made);
    }
}

void ChartFigure::Scene::applyStyle(const ChartData &data, const FigureStyle &style, const QRectF &plot)
{
    scene.applyStyle(style);
    const QFontMetricsF metrics(axisFont(style));
    setTicks(*x, data.xLow, data.xHigh, static_cast<int>(plot.width() / (metrics.averageCharWidth() * 8.0)),
             data.wholeX);
    if (auto *linear = qobject_cast<QValueAxis *>(y))
        setTicks(*linear, data.yLow, data.yHigh,
                 std::min(8, static_cast<int>(plot.height() / (metrics.height() * 1.8))));
    for (qsizetype index = 0; index < series.size(); ++index) {
        const ChartSeries &one = data.series[static_cast<std::size_t>(index)];
        if (auto *scatter = qobject_cast<QScatterSeries *>(series.at(index))) {
            scatter->setMarkerSize(markerSize);
            scatter->setColor(one.colour);
            scatter->setBorderColor(style.background);
        } else {
            const bool dashed = one.kind == ChartSeries::Kind::dashedLine;
            series.at(index)->setPen(
                QPen(one.colour, 1.8, dashed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        }
    }
}

void ChartFigure::Scene::setMarkers(const ChartData &data, const FigureStyle &style, int pixels)
{
    for (qsizetype index = 0; index < series.size(); ++index) {
        auto *scatter = qobject_cast<QScatterSeries *>(series.at(index));
        if (!scatter)
            continue;
        QImage marker;
        if (pixels > 0) {
            marker = QImage(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
            marker.fill(Qt::transparent);
            QPainter painter(&marker);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(style.background, pixels / markerSize));
            painter.setBrush(data.series[static_cast<std::size_t>(index)].colour);
            const double border = pixels / markerSize / 2.0;
            painter.drawEllipse(QRectF(marker.rect()).adjusted(border, border, -border, -border));
        }
        if (marker != scatter->lightMarker())
            scatter->setLightMarker(marker);
    }
}

ChartFigure::ChartFigure(ChartData data)
    : data_(std::move(data))
{
    if (!(data_.xHigh > data_.xLow))
        data_.xHigh = data_.xLow + 1.0;
    if (!(data_.yHigh > data_.yLow))
        data_.yHigh = data_.yLow + 1.0;
}

ChartFigure::~ChartFigure() = default;

QSizeF ChartFigure::naturalSize(const FigureStyle &style) const
{
    return framedSize(*this, QSizeF(640.0, 340.0), style);
}

void ChartFigure::paint(QPainter &painter, const QRectF &area, const FigureStyle &style) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body = paintFrame(painter, *this, area, style);
    const ChartLayout layout = chartLayout(data_, body, style);
    if (!scene_) {
        scene_ = std::make_unique<Scene>();
        scene_->build(data_);
    }
    scene_->applyStyle(data_, style, layout.plot);
    const double scale = std::abs(painter.deviceTransform().m11());
    scene_->setMarkers(data_, style, paintsVectors(painter) ? 0 : qRound(markerSize * scale));
    scene_->scene.render(painter, layout.body, layout.plot);
    if (layout.legend.height() > 0.0)
        paintLegend(painter, data_, layout, style);
    if (data_.cursorX >= data_.xLow && data_.cursorX <= data_.xHigh) {
        const double x = place(data_, layout.plot, QPointF(data_.cursorX, data_.yLow)).x();
        painter.setPen(QPen(style.hover, 1.5));
        painter.drawLine(QPointF(x, layout.plot.top()), QPointF(x, layout.plot.bottom()));
    }
    paintEmphasis(painter, data_, emphasis, layout, style);
    paintPointLabels(painter, data_, layout, style);
    painter.restore();
}

void ChartFigure::continueFrom(Figure &previous)
{
    auto *other = dynamic_cast<ChartFigure *>(&previous);
    if (other == nullptr || other == this || !other->scene_ || !sameShape(data_, other->data_))
        return;
    scene_ = std::move(other->scene_);
    for (std::size_t index = 0; index < data_.series.size(); ++index) {
        const ChartSeries &series = data_.series[index];
        if (series.points != other->data_.series[index].points)
            scene_->series.at(static_cast<qsizetype>(index))->replace(seenPoints(data_, series));
    }
}

std::optional<Hit> ChartFigure::hit(const QPointF &point, const QRectF &area, const FigureStyle &style) const
{
    const ChartLayout layout = chartLayout(data_, figureFrame(*this, area, style).body, style);
    if (!layout.plot.adjusted(-markerSize, -markerSize, markerSize, markerSize).contains(point))
        return std::nullopt;
    std::optional<Hit> nearest;
    double distance = hitDistance;
    for (std::size_t panel = 0; panel < data_.series.size(); ++panel) {
        const ChartSeries &series = data_.series[panel];
        for (qsizetype row = 0; row < series.points.size(); ++row) {
            const QPointF value = series.points.at(row);
            const double away = QLineF(point, place(data_, layout.plot, value)).length();
            if (away >= distance)
                continue;
            distance = away;
            QStringList parts;
            for (const QString &part : {series.name, series.labels.value(row)}) {
                if (!part.isEmpty())
                    parts.append(part);
            }
            const auto named = [](const QString &what, double number) {
                return what.isEmpty() ? readableNumber(number)
                                      : what + QLatin1Char(' ') + readableNumber(number);
            };
            parts.append(named(data_.xTitle, value.x()));
            parts.append(named(data_.yTitle, value.y()));
            nearest = Hit{.row = static_cast<int>(row),
                          .panel = static_cast<int>(panel),
                          .value = value.y(),
                          .description = parts.join(QStringLiteral(" · "))};
        }
    }
    return nearest;
}

Table ChartFigure::table() const
{
    Table table;
    table.columns = {QStringLiteral("series"), QStringLiteral("label"),
                     data_.xTitle.isEmpty() ? QStringLiteral("x") : data_.xTitle,
                     data_.yTitle.isEmpty() ? QStringLiteral("y") : data_.yTitle};
    for (const ChartSeries &series : data_.series) {
        for (qsizetype index = 0; index < series.points.size(); ++index)
            table.rows.push_back({series.name, series.labels.value(index), series.points.at(index).x(),
                                  series.points.at(index).y()});
    }
    return table;
}

} // namespace encoderscope
