// SPDX-License-Identifier: GPL-3.0-or-later
// Paints curves and scatters.
#include "ui/figures/cell_raster.h"
#include "ui/figures/chart_axes.h"
#include "ui/figures/content_renderer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/ticks.h"

#include <QLineF>
#include <QPainter>
#include <QSet>

#include <algorithm>
#include <array>
#include <cmath>

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

/// The points that are seen: of those within a thousandth of the axes of each other only the first, when
/// there are so many that drawing them takes long.
QList<QPointF> seenPoints(const ChartData &data, const ChartSeries &series)
{
    constexpr qsizetype many = 500;
    constexpr double cells = 1000.0;
    QList<QPointF> seen;
    QSet<QPair<int, int>> taken;
    const ValueAxis x{data.xLow, data.xHigh};
    const ValueAxis y{data.yLow, data.yHigh};
    const auto cellOf = [](double position) {
        return static_cast<int>(std::lround(std::clamp(position, -1.0, 2.0) * cells));
    };
    for (const QPointF &point : series.points) {
        if (!drawable(point))
            continue;
        if (series.points.size() > many) {
            const QPair cell(cellOf(x.position(point.x())), cellOf(y.position(point.y())));
            if (taken.contains(cell))
                continue;
            taken.insert(cell);
        }
        seen.append(point);
    }
    return seen;
}

class ChartRenderer : public ContentRenderer
{
public:
    explicit ChartRenderer(const FigurePtr &figure)
        : ContentRenderer(figure)
        , data_(std::get<ChartData>(figure->content))
        , x_{.low = data_.xLow, .high = data_.xHigh, .title = data_.xTitle, .whole = data_.wholeX}
        , y_{.low = data_.yLow, .high = data_.yHigh, .title = data_.yTitle, .logarithmic = data_.logarithmicY}
    {
        for (ValueAxis *axis : {&x_, &y_}) {
            if (!std::isfinite(axis->low))
                axis->low = 0.0;
            if (!std::isfinite(axis->high) || axis->high <= axis->low)
                axis->high = axis->low + std::max(1.0, std::abs(axis->low) * 1e-3);
        }
        for (const ChartSeries &series : data_.series)
            seen_.push_back(series.kind == ChartSeries::Kind::points ? seenPoints(data_, series)
                                                                     : QList<QPointF>());
    }

    QSizeF naturalSize(const Viewpoint &, const FigureStyle &style, double width) const override
    {
        if (width <= 0.0)
            return {640.0, 340.0};
        const double frame = legendHeight(legend(style), width, style) + 6.0 + bottomAxisHeight(x_, style);
        const double title = widestLabel({data_.yTitle}, axisTitleFont(style)) + 4.0;
        return {width, std::max({frame + std::min(width * 0.5, 300.0), frame + 80.0, title})};
    }

    void paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
               const FigureStyle &style) override;
    std::optional<Hit> hit(const QPointF &point, const QRectF &body, const Viewpoint &,
                           const FigureStyle &style) override;

private:
    QList<LegendEntry> legend(const FigureStyle &style) const;
    ChartLayout layout(const QRectF &body, const FigureStyle &style) const;
    QPointF place(const QRectF &plot, const QPointF &value) const
    {
        return {plot.left() + x_.position(value.x()) * plot.width(),
                plot.bottom() - y_.position(value.y()) * plot.height()};
    }
    void paintLines(QPainter &painter, const ChartSeries &series, const QRectF &plot,
                    const FigureStyle &style) const;
    void paintPoints(QPainter &painter, const QList<QPointF> &points, const QRectF &plot,
                     const QColor &colour, const FigureStyle &style) const;
    void paintEmphasis(QPainter &painter, const Emphasis &emphasis, const QRectF &plot,
                       const FigureStyle &style) const;
    void paintPointLabels(QPainter &painter, const ChartLayout &layout, const FigureStyle &style) const;

    const ChartData &data_;
    ValueAxis x_, y_;
    std::vector<QList<QPointF>> seen_; ///< of each scatter, the points that are drawn
};

QList<LegendEntry> ChartRenderer::legend(const FigureStyle &style) const
{
    QList<LegendEntry> entries;
    for (const ChartSeries &series : data_.series) {
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
    const double left = leftAxisWidth(y_, style);
    layout.legend = QRectF(body.left(), body.top(), body.width(),
                           std::min(legendHeight(legend(style), body.width(), style), body.height() / 2.0));
    layout.plot = body.adjusted(left, layout.legend.height() + 6.0, -bottomAxisEnd(x_, style),
                                -bottomAxisHeight(x_, style));
    layout.plot.setSize(layout.plot.size().expandedTo(QSizeF(1.0, 1.0)));
    return layout;
}

void ChartRenderer::paintLines(QPainter &painter, const ChartSeries &series, const QRectF &plot,
                               const FigureStyle &style) const
{
    const bool dashed = series.kind == ChartSeries::Kind::dashedLine;
    painter.setPen(QPen(series.colour.in(style), 1.8, dashed ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap,
                        Qt::RoundJoin));
    QPolygonF run;
    const auto finish = [&] {
        if (run.size() > 1)
            painter.drawPolyline(run);
        else if (run.size() == 1)
            painter.drawEllipse(run.front(), 1.0, 1.0);
        run.clear();
    };
    // What lies far outside is clipped anyway; painters do not take every number.
    const QRectF reach = plot.adjusted(-plot.width(), -plot.height(), plot.width(), plot.height());
    for (const QPointF &point : series.points) {
        if (!drawable(point)) {
            finish();
            continue;
        }
        const QPointF at = place(plot, point);
        run.append(QPointF(std::clamp(at.x(), reach.left(), reach.right()),
                           std::clamp(at.y(), reach.top(), reach.bottom())));
    }
    finish();
}

void ChartRenderer::paintPoints(QPainter &painter, const QList<QPointF> &points, const QRectF &plot,
                                const QColor &colour, const FigureStyle &style) const
{
    const double scale = std::abs(painter.deviceTransform().m11());
    const int pixels = paintsVectors(painter) ? 0 : qRound(markerSize * scale);
    const auto paintMarker = [&](QPainter &on, const QPointF &centre, double size) {
        on.setPen(QPen(style.background, size / markerSize));
        on.setBrush(colour);
        on.drawEllipse(centre, size / 2.0 - size / markerSize / 2.0, size / 2.0 - size / markerSize / 2.0);
    };
    // On a screen points become copies of one picture: hundreds of circles take longer than everything else.
    QImage marker;
    if (pixels > 0) {
        marker = QImage(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
        marker.fill(Qt::transparent);
        QPainter on(&marker);
        on.setRenderHint(QPainter::Antialiasing);
        paintMarker(on, QPointF(pixels / 2.0, pixels / 2.0), pixels);
    }
    const QRectF seen = plot.adjusted(-1.0, -1.0, 1.0, 1.0);
    for (const QPointF &point : points) {
        const QPointF at = place(plot, point);
        if (!seen.contains(at))
            continue;
        if (marker.isNull())
            paintMarker(painter, at, markerSize);
        else
            painter.drawImage(
                QRectF(at.x() - markerSize / 2.0, at.y() - markerSize / 2.0, markerSize, markerSize), marker,
                QRectF(marker.rect()));
    }
    painter.setBrush(Qt::NoBrush);
}

void ChartRenderer::paint(QPainter &painter, const QRectF &body, const Viewpoint &viewpoint,
                          const FigureStyle &style)
{
    if (body.width() < 2.0 || body.height() < 2.0)
        return;
    const ChartLayout where = layout(body, style);
    const QRectF &plot = where.plot;
    paintLeftAxis(painter, y_, plot,
                  QRectF(QPointF(body.left(), where.legend.bottom()), QPointF(plot.left(), body.bottom())),
                  style);
    paintBottomAxis(painter, x_, plot,
                    QRectF(QPointF(body.left(), plot.bottom()), QPointF(body.right(), body.bottom())), style);
    painter.save();
    painter.setClipRect(plot.adjusted(-1.0, -1.0, 1.0, 1.0), Qt::IntersectClip);
    for (const ChartSeries &series : data_.series) {
        if (series.kind != ChartSeries::Kind::points)
            paintLines(painter, series, plot, style);
    }
    painter.restore();
    for (std::size_t index = 0; index < data_.series.size(); ++index)
        paintPoints(painter, seen_[index], plot, data_.series[index].colour.in(style), style);
    paintLegend(painter, legend(style), where.legend, style);
    if (data_.cursorX >= x_.low && data_.cursorX <= x_.high) {
        const double x = place(plot, QPointF(data_.cursorX, y_.low)).x();
        painter.setPen(QPen(style.hover, 1.5));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
    paintEmphasis(painter, viewpoint.emphasis, plot, style);
    paintPointLabels(painter, where, style);
}

/// Rings around the points that are hovered and pinned.
void ChartRenderer::paintEmphasis(QPainter &painter, const Emphasis &emphasis, const QRectF &plot,
                                  const FigureStyle &style) const
{
    painter.setBrush(Qt::NoBrush);
    for (const ChartSeries &series : data_.series) {
        if (series.kind != ChartSeries::Kind::points)
            continue;
        const auto ring = [&](int row, const QColor &colour) {
            if (row < 0 || row >= series.points.size() || !drawable(series.points.at(row)))
                return;
            painter.setPen(QPen(colour, 2.0));
            painter.drawEllipse(place(plot, series.points.at(row)), markerSize * 0.85, markerSize * 0.85);
        };
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
    for (const ChartSeries &series : data_.series) {
        for (qsizetype index = 0; index < std::min(series.points.size(), series.labels.size()); ++index) {
            if (!drawable(series.points.at(index)))
                continue;
            const QString label =
                metrics.elidedText(series.labels.at(index), Qt::ElideRight, longestPointLabel);
            const QPointF point = place(where.plot, series.points.at(index));
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
    const QRectF plot = layout(body, style).plot;
    if (!plot.adjusted(-markerSize, -markerSize, markerSize, markerSize).contains(point))
        return std::nullopt;
    std::optional<Hit> nearest;
    double distance = hitDistance;
    for (std::size_t panel = 0; panel < data_.series.size(); ++panel) {
        const ChartSeries &series = data_.series[panel];
        for (qsizetype row = 0; row < series.points.size(); ++row) {
            const QPointF value = series.points.at(row);
            const double away = drawable(value) ? QLineF(point, place(plot, value)).length() : distance;
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

} // namespace

std::unique_ptr<ContentRenderer> chartRenderer(const FigurePtr &figure)
{
    return std::make_unique<ChartRenderer>(figure);
}

} // namespace encoderscope
