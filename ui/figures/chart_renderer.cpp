// SPDX-License-Identifier: GPL-3.0-or-later
// Curves and scatters, drawn by Qt Charts.
#include "ui/figures/cell_raster.h"
#include "ui/figures/chart_scene.h"
#include "ui/figures/content_renderer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/legend.h"
#include "ui/figures/ticks.h"

#include <QLineF>
#include <QLineSeries>
#include <QPainter>
#include <QScatterSeries>
#include <QSet>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr double markerSize = 8.0;
constexpr double hitDistance = 12.0;
constexpr double longestPointLabel = 120.0;

struct ChartLayout {
    QRectF body, plot, legend;
};

bool drawable(const QPointF &point)
{
    return std::isfinite(point.x()) && std::isfinite(point.y());
}

/// So many points that drawing them all takes long.
constexpr qsizetype manyPoints = 500;

/// The points that are seen: of those within a thousandth of the axes of each other only the first, when
/// there are many.
QList<QPointF> seenPoints(const QList<QPointF> &points, const ValueAxis &x, const ValueAxis &y)
{
    constexpr double cells = 1000.0;
    if (points.size() <= manyPoints)
        return points;
    QList<QPointF> seen;
    QSet<QPair<int, int>> taken;
    const auto cellOf = [](const ValueAxis &axis, double value) {
        return static_cast<int>((value - axis.low) / (axis.high - axis.low) * cells);
    };
    for (const QPointF &point : points) {
        const QPair<int, int> cell(cellOf(x, point.x()), cellOf(y, point.y()));
        if (taken.contains(cell))
            continue;
        taken.insert(cell);
        seen.append(point);
    }
    return seen;
}

/// The points of a line that are seen: of many that follow each other within a two-thousandth of the axis
/// `x`, the first, the lowest, the highest and the last.
QList<QPointF> seenLine(const QList<QPointF> &points, const ValueAxis &x)
{
    constexpr double columns = 2000.0;
    if (points.size() <= manyPoints)
        return points;
    const auto columnOf = [&x](const QPointF &point) {
        return std::floor((point.x() - x.low) / (x.high - x.low) * columns);
    };
    const auto lower = [](const QPointF &one, const QPointF &other) { return one.y() < other.y(); };
    QList<QPointF> seen;
    for (auto first = points.begin(); first != points.end();) {
        const auto end = std::find_if(first, points.end(), [&, column = columnOf(*first)](const auto &point) {
            return columnOf(point) != column;
        });
        const auto [lowest, highest] = std::minmax_element(first, end, lower);
        const std::set kept{first, std::min(lowest, highest), std::max(lowest, highest), end - 1};
        for (const auto &point : kept)
            seen.append(*point);
        first = end;
    }
    return seen;
}

class ChartRenderer : public ContentRenderer
{
public:
    explicit ChartRenderer(const FigurePtr &figure)
        : ContentRenderer(figure)
    {
        goOnWith(figure);
    }

    bool goOnWith(const FigurePtr &figure) override;
    QSizeF naturalSize(const Viewpoint &, const FigureStyle &style, double width) const override
    {
        if (width <= 0.0)
            return {640.0, 340.0};
        const double frame = legendHeight(legend(style), width, style) + 6.0 + bottomAxisHeight(x_, style);
        return {width, frame + std::max({std::min(width * 0.5, 300.0), 80.0, titleLength(y_, style)})};
    }

    void paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
               const FigureStyle &style) override;
    std::optional<Hit> hit(const QPointF &point, const QRectF &body, const Viewpoint &,
                           const FigureStyle &style) override;

private:
    QList<LegendEntry> legend(const FigureStyle &style) const;
    ChartLayout layout(const QRectF &body, const FigureStyle &style) const;
    /// The scene, laid out.
    void arrange(const ChartLayout &where, const FigureStyle &style);
    void show();
    void applyStyle(const FigureStyle &style);
    void setMarkers(const FigureStyle &style, int pixels);
    /// A value far outside the axes brought near: it is clipped anyway, and the coordinates of painters end.
    QPointF reached(const QPointF &value) const;
    QPointF place(const QPointF &value) const { return scene_->place(reached(value)); }
    void paintEmphasis(QPainter &painter, const Emphasis &emphasis, const FigureStyle &style) const;
    void paintPointLabels(QPainter &painter, const ChartLayout &layout, const FigureStyle &style) const;

    const ChartData *data_ = nullptr; ///< of the figure
    ValueAxis x_, y_;
    struct Run {
        const ChartSeries *of;
        QList<QPointF> points;
    };
    struct Drawn {
        QXYSeries *series; ///< owned by the scene
        ChartSeries::Kind kind;
        FigureColour colour;
    };
    std::vector<Drawn> drawn_;
    int markerPixels_ = -1; ///< of the markers; -1: not made yet
    std::unique_ptr<ChartScene> scene_;
    bool stale_ = true; ///< the scene does not show the figure yet
};

bool ChartRenderer::goOnWith(const FigurePtr &figure)
{
    const auto *data = std::get_if<ChartData>(&figure->content);
    if (!data)
        return false;
    setFigure(figure);
    data_ = data;
    stale_ = true;
    // Qt Charts cuts markers off where the axes end.
    const bool marked = std::any_of(data->series.begin(), data->series.end(), [](const ChartSeries &series) {
        return series.kind == ChartSeries::Kind::points;
    });
    const double more = marked ? 0.03 : 0.0;
    x_ = ValueAxis{data->xLow, data->xHigh, data->xTitle, data->wholeX}.sound().widened(more);
    y_ = ValueAxis{data->yLow, data->yHigh, data->yTitle}.sound().widened(more);
    return true;
}

QList<LegendEntry> ChartRenderer::legend(const FigureStyle &style) const
{
    QList<LegendEntry> entries;
    for (const ChartSeries &series : data_->series) {
        if (series.name.isEmpty())
            continue;
        const auto mark = series.kind == ChartSeries::Kind::points       ? LegendEntry::Mark::dot
                          : series.kind == ChartSeries::Kind::dashedLine ? LegendEntry::Mark::dashes
                                                                         : LegendEntry::Mark::line;
        entries.append({series.name, series.colour.in(style), mark});
    }
    return entries;
}

ChartLayout ChartRenderer::layout(const QRectF &body, const FigureStyle &style) const
{
    ChartLayout layout;
    layout.body = body;
    layout.legend = QRectF(body.left(), body.top(), body.width(),
                           std::min(legendHeight(legend(style), body.width(), style), body.height() / 2.0));
    layout.plot = plotWithin(body, {leftAxisWidth(y_, style), layout.legend.height() + 6.0,
                                    bottomAxisEnd(x_, style), bottomAxisHeight(x_, style)});
    return layout;
}

void ChartRenderer::arrange(const ChartLayout &where, const FigureStyle &style)
{
    const bool shown = std::exchange(stale_, false);
    if (shown)
        show();
    if (scene_->arrange(where.body, where.plot, style) || shown)
        applyStyle(style);
}

/// Qt Charts gets no point that is not finite, for which it may crash: a line is broken there into several.
/// Series that it has already are used again: making them takes longer than all else.
void ChartRenderer::show()
{
    std::vector<Run> runs;
    for (const ChartSeries &series : data_->series) {
        const bool line = series.kind != ChartSeries::Kind::points;
        runs.push_back({&series, {}});
        for (const QPointF &point : series.points) {
            if (drawable(point))
                runs.back().points.append(reached(point));
            else if (line)
                runs.push_back({&series, {}});
        }
    }
    for (Run &run : runs) {
        const bool line = run.of->kind != ChartSeries::Kind::points;
        run.points = line ? seenLine(run.points, x_) : seenPoints(run.points, x_, y_);
    }
    std::erase_if(runs, [](const Run &run) { return run.points.isEmpty(); });
    const bool fits =
        scene_ && std::equal(drawn_.begin(), drawn_.end(), runs.begin(), runs.end(),
                             [](const Drawn &drawn, const Run &run) { return drawn.kind == run.of->kind; });
    if (!fits) {
        scene_ = std::make_unique<ChartScene>(x_, y_);
        drawn_.clear();
    }
    scene_->setAxes(x_, y_);
    for (std::size_t index = 0; index < runs.size(); ++index) {
        const Run &run = runs[index];
        if (!fits) {
            auto *made = run.of->kind == ChartSeries::Kind::points
                             ? static_cast<QXYSeries *>(new QScatterSeries)
                             : new QLineSeries;
            drawn_.push_back({made, run.of->kind, {}});
        }
        drawn_[index].colour = run.of->colour;
        drawn_[index].series->replace(run.points);
        if (!fits)
            scene_->add(drawn_[index].series);
    }
}

void ChartRenderer::applyStyle(const FigureStyle &style)
{
    markerPixels_ = -1;
    for (const Drawn &drawn : drawn_) {
        const QColor colour = drawn.colour.in(style);
        if (auto *scatter = qobject_cast<QScatterSeries *>(drawn.series)) {
            scatter->setBrush(colour);
            scatter->setPen(QPen(style.background, 0.0)); // a width would move the circle
            continue;
        }
        const bool dashed = drawn.kind == ChartSeries::Kind::dashedLine;
        drawn.series->setPen(QPen(colour, 1.8, dashed ? Qt::DashLine : Qt::SolidLine,
                                  dashed ? Qt::FlatCap : Qt::RoundCap, Qt::RoundJoin));
        drawn.series->setMarkerSize(1.0);
        drawn.series->setPointsVisible(drawn.series->count() == 1);
    }
}

/// On a screen points become copies of one picture, so many pixels wide: hundreds of circles take longer than
/// everything else. In files (0) they are circles.
void ChartRenderer::setMarkers(const FigureStyle &style, int pixels)
{
    if (pixels == markerPixels_)
        return;
    markerPixels_ = pixels;
    for (const Drawn &drawn : drawn_) {
        auto *scatter = qobject_cast<QScatterSeries *>(drawn.series);
        if (!scatter)
            continue;
        QImage marker;
        if (pixels > 0) {
            marker = QImage(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
            marker.fill(Qt::transparent);
            QPainter painter(&marker);
            painter.setRenderHint(QPainter::Antialiasing);
            const double half = pixels / markerSize / 2.0;
            painter.setPen(QPen(style.background, 2.0 * half));
            painter.setBrush(drawn.colour.in(style));
            painter.drawEllipse(QRectF(marker.rect()) - QMarginsF(half, half, half, half));
        }
        scatter->setMarkerSize(pixels > 0 ? markerSize : markerSize - 1.0); // a circle's pen goes around it
        scatter->setLightMarker(marker);
    }
}

QPointF ChartRenderer::reached(const QPointF &value) const
{
    const auto near = [](const ValueAxis &axis, double one) {
        const double length = axis.high - axis.low;
        return std::clamp(one, axis.low - length, axis.high + length);
    };
    return {near(x_, value.x()), near(y_, value.y())};
}

void ChartRenderer::paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
                          const FigureStyle &style)
{
    if (body.width() < 2.0 || body.height() < 2.0)
        return;
    const ChartLayout where = layout(body, style);
    arrange(where, style);
    const double scale = std::abs(painter.deviceTransform().m11());
    setMarkers(style, paintsVectors(painter) ? 0 : qRound(markerSize * scale));
    scene_->render(painter);
    paintLegend(painter, legend(style), where.legend, style);
    if (data_->cursorX >= x_.low && data_->cursorX <= x_.high) {
        painter.setPen(QPen(style.hover, 1.5));
        painter.drawLine(place({data_->cursorX, y_.low}), place({data_->cursorX, y_.high}));
    }
    paintEmphasis(painter, viewpoint.emphasis, style);
    paintPointLabels(painter, where, style);
}

/// Rings around the points that are hovered and pinned, and where a series asks for them.
void ChartRenderer::paintEmphasis(QPainter &painter, const Emphasis &emphasis, const FigureStyle &style) const
{
    painter.setBrush(Qt::NoBrush);
    for (const ChartSeries &series : data_->series) {
        if (series.kind != ChartSeries::Kind::points)
            continue;
        const auto ring = [&](int row, const QColor &colour) {
            if (row < 0 || row >= series.points.size() || !drawable(series.points.at(row)))
                return;
            painter.setPen(QPen(colour, 2.0));
            painter.drawEllipse(place(series.points.at(row)), markerSize * 0.85, markerSize * 0.85);
        };
        for (int row = 0; series.ringed && row < static_cast<int>(series.points.size()); ++row)
            ring(row, style.text);
        ring(emphasis.pinnedRow, style.pin);
        ring(emphasis.hoveredRow, style.hover);
    }
}

/// Labels beside their points; one that would cover another is left out.
void ChartRenderer::paintPointLabels(QPainter &painter, const ChartLayout &where,
                                     const FigureStyle &style) const
{
    painter.setFont(axisFont(style));
    painter.setPen(style.text);
    const QFontMetricsF metrics(painter.font());
    const QRectF room(where.plot.left(), where.plot.top(), where.body.right() - where.plot.left(),
                      where.plot.height());
    QList<QRectF> taken;
    for (const ChartSeries &series : data_->series) {
        if (!series.labelled)
            continue;
        for (qsizetype index = 0; index < std::min(series.points.size(), series.labels.size()); ++index) {
            if (!drawable(series.points.at(index)))
                continue;
            const QString label =
                metrics.elidedText(series.labels.at(index), Qt::ElideRight, longestPointLabel);
            const QPointF point = place(series.points.at(index));
            const QSizeF size(metrics.horizontalAdvance(label) + 1.0, metrics.height());
            if (label.isEmpty())
                continue;
            const std::array corners{QPointF(point.x() + 6.0, point.y() - size.height() / 2.0),
                                     QPointF(point.x() - 6.0 - size.width(), point.y() - size.height() / 2.0),
                                     QPointF(point.x() - size.width() / 2.0, point.y() - 6.0 - size.height()),
                                     QPointF(point.x() - size.width() / 2.0, point.y() + 6.0)};
            for (const QPointF &corner : corners) {
                const QRectF rect(corner, size);
                const bool free = room.contains(rect) &&
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

std::optional<Hit> ChartRenderer::hit(const QPointF &point, const QRectF &body, const Viewpoint &,
                                      const FigureStyle &style)
{
    const ChartLayout where = layout(body, style);
    if (!where.plot.adjusted(-markerSize, -markerSize, markerSize, markerSize).contains(point))
        return std::nullopt;
    arrange(where, style);
    std::optional<Hit> nearest;
    double distance = hitDistance;
    for (std::size_t panel = 0; panel < data_->series.size(); ++panel) {
        const ChartSeries &series = data_->series[panel];
        for (qsizetype row = 0; row < series.points.size(); ++row) {
            const QPointF value = series.points.at(row);
            const double away = drawable(value) ? QLineF(point, place(value)).length() : distance;
            if (!(away < distance))
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
            parts.append(named(data_->xTitle, value.x()));
            parts.append(named(data_->yTitle, value.y()));
            nearest = Hit{.row = static_cast<int>(row),
                          .panel = static_cast<int>(panel),
                          .value = value.y(),
                          .description = parts.join(QStringLiteral(" · "))};
        }
    }
    return nearest;
}

} // namespace

std::unique_ptr<ContentRenderer> chartRenderer(const FigurePtr &figure)
{
    return std::make_unique<ChartRenderer>(figure);
}

} // namespace encoderscope
