// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/chart_scene.h"

#include "ui/figures/figure_text.h"
#include "ui/figures/ticks.h"

#include <QCategoryAxis>
#include <QCoreApplication>
#include <QGraphicsLayout>
#include <QLegend>
#include <QLineSeries>
#include <QPainter>
#include <QThread>

#include <algorithm>
#include <cmath>
#include <utility>

namespace encoderscope
{

namespace
{

constexpr double tickGap = 5.0;
constexpr double titleGap = 5.0;
constexpr int mostTicks = 9;

struct Ticks {
    QList<double> values;
    QStringList labels;
};

/// Not Qt's own ticks: those are sums of steps, so that 0.3 is left out and 0 is called -0.0.
Ticks ticksOf(const ValueAxis &axis, int most)
{
    Ticks ticks{.values = niceTicks(axis.low, axis.high, most), .labels = {}};
    if (axis.whole)
        ticks.values.removeIf([](double value) { return value != std::round(value); });
    const double step =
        ticks.values.size() > 1 ? ticks.values.at(1) - ticks.values.at(0) : axis.high - axis.low;
    for (const double value : std::as_const(ticks.values))
        ticks.labels.append(tickLabel(value, step));
    return ticks;
}

double widest(const Ticks &ticks, const FigureStyle &style)
{
    return std::ceil(widestLabel(ticks.labels, axisFont(style)));
}

double lineHeight(const QFont &font)
{
    return QFontMetricsF(font).height();
}

int ticksUpwards(double length, const FigureStyle &style)
{
    return std::min(mostTicks, static_cast<int>(length / (lineHeight(axisFont(style)) * 1.8)) + 1);
}

/// As many ticks as have room side by side.
int ticksAlong(const ValueAxis &axis, double length, const FigureStyle &style)
{
    const double gap = 2.0 * QFontMetricsF(axisFont(style)).averageCharWidth();
    for (int most = 12; most > 2; --most) {
        const Ticks ticks = ticksOf(axis, most);
        const double count = static_cast<double>(ticks.values.size());
        if (count < 2.0 || (widest(ticks, style) + gap) * (count - 1.0) <= length)
            return most;
    }
    return 2;
}

} // namespace

ValueAxis ValueAxis::sound() const
{
    constexpr double largest = 1e300; // its differences stay finite
    constexpr double smallest = 1e-290;
    ValueAxis axis = *this;
    axis.low = std::isfinite(low) ? std::clamp(low, -largest, largest) : 0.0;
    axis.high = std::isfinite(high) ? std::clamp(high, -largest, largest) : axis.low;
    const double size = std::max(std::abs(axis.low), std::abs(axis.high));
    if (axis.high - axis.low < std::max(smallest, size * 1e-9))
        axis.high = axis.low + std::max(1.0, size * 1e-3);
    return axis;
}

ValueAxis ValueAxis::widened(double share) const
{
    ValueAxis axis = *this;
    axis.low -= share * (high - low);
    axis.high += share * (high - low);
    return axis;
}

double ValueAxis::clamped(double value) const
{
    return std::clamp(value, low, high);
}

double leftAxisWidth(const ValueAxis &axis, const FigureStyle &style)
{
    const double least = QFontMetricsF(axisFont(style)).horizontalAdvance(QStringLiteral("−0.00"));
    // Fewer ticks can have no longer labels.
    const double labels = std::max(least, widest(ticksOf(axis, mostTicks), style));
    return std::ceil(labels + 2.0 * tickGap +
                     (axis.title.isEmpty() ? 0.0 : lineHeight(axisTitleFont(style)) + titleGap));
}

double bottomAxisHeight(const ValueAxis &axis, const FigureStyle &style)
{
    return std::ceil(lineHeight(axisFont(style)) + 2.0 * tickGap +
                     (axis.title.isEmpty() ? 0.0 : lineHeight(axisTitleFont(style)) + titleGap));
}

double bottomAxisEnd(const ValueAxis &axis, const FigureStyle &style)
{
    return std::max(8.0, std::ceil(widest(ticksOf(axis, mostTicks), style) / 2.0) + 1.0);
}

double titleLength(const ValueAxis &axis, const FigureStyle &style)
{
    return std::ceil(widestLabel({axis.title}, axisTitleFont(style)));
}

QRectF plotWithin(const QRectF &body, const QMarginsF &room)
{
    QRectF plot = (body - room).toRect();
    plot.setSize(plot.size().expandedTo(QSizeF(1.0, 1.0)));
    return plot;
}

ChartScene::ChartScene(ValueAxis bottom, ValueAxis left)
    : chart_(new QChart)
    , places_(new QLineSeries)
    , bottom_{std::move(bottom), new QCategoryAxis}
    , left_{std::move(left), new QCategoryAxis}
{
    Q_ASSERT(QThread::currentThread() == QCoreApplication::instance()->thread());
    scene_.addItem(chart_);
    scene_.setItemIndexMethod(QGraphicsScene::NoIndex);
    chart_->setAnimationOptions(QChart::NoAnimation);
    chart_->setBackgroundVisible(false);
    chart_->setMargins(QMargins());
    chart_->layout()->setContentsMargins(0.0, 0.0, 0.0, 0.0);
    chart_->legend()->hide();
    for (const auto &[of, side] : {std::pair(&bottom_, Qt::AlignBottom), std::pair(&left_, Qt::AlignLeft)}) {
        of->axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        of->axis->setTruncateLabels(false);
        of->axis->setLineVisible(false); // up to a pixel beside the grid, whose outermost lines do as well
        of->axis->setVisible(!of->values.hidden);
        of->axis->setRange(of->values.low, of->values.high);
        chart_->addAxis(of->axis, side);
    }
    add(places_);
}

void ChartScene::setAxes(const ValueAxis &bottom, const ValueAxis &left)
{
    if (bottom == bottom_.values && left == left_.values)
        return;
    bottom_.values = bottom;
    left_.values = left;
    for (const Axis &of : {bottom_, left_})
        of.axis->setRange(of.values.low, of.values.high);
    body_ = QRectF(); // to be laid out anew
}

void ChartScene::add(QAbstractSeries *series)
{
    chart_->addSeries(series);
    series->attachAxis(bottom_.axis);
    series->attachAxis(left_.axis);
}

void ChartScene::showTicks(const Axis &axis, int most)
{
    const Ticks ticks = ticksOf(axis.values, most);
    for (const QString &label : axis.axis->categoriesLabels())
        axis.axis->remove(label);
    axis.axis->setStartValue(axis.values.low);
    for (qsizetype index = 0; index < ticks.values.size(); ++index)
        axis.axis->append(ticks.labels.at(index), ticks.values.at(index));
    axis.axis->setRange(axis.values.low, axis.values.high);
}

void ChartScene::applyStyle(const FigureStyle &style)
{
    for (QCategoryAxis *axis : {bottom_.axis, left_.axis}) {
        axis->setLabelsFont(axisFont(style));
        axis->setLabelsBrush(style.muted);
        axis->setGridLinePen(QPen(style.grid, 0.6));
    }
}

bool ChartScene::arrange(const QRectF &body, const QRectF &plot, const FigureStyle &style)
{
    if (body == body_ && plot == plot_ && style == style_)
        return false;
    body_ = body;
    plot_ = plot;
    style_ = style;
    applyStyle(style);
    if (!bottom_.values.hidden)
        showTicks(bottom_, ticksAlong(bottom_.values, plot.width(), style));
    if (!left_.values.hidden)
        showTicks(left_, ticksUpwards(plot.height(), style));
    const QRectF area(QPointF(0.0, 0.0), body.size());
    chart_->setPlotArea(plot.translated(-body.topLeft()));
    chart_->setGeometry(area);
    scene_.setSceneRect(area);
    // The plot area moves the series at once, the axes only with the layout.
    chart_->layout()->invalidate();
    chart_->layout()->activate();
    return true;
}

void ChartScene::render(QPainter &painter)
{
    chart_->layout()->activate();
    painter.save();
    scene_.render(&painter, body_, scene_.sceneRect(), Qt::IgnoreAspectRatio);
    painter.restore();
    // Qt Charts would cut titles to dots beside short labels.
    painter.setFont(axisTitleFont(style_));
    painter.setPen(style_.text);
    const double line = lineHeight(painter.font());
    const bool beside = titleLength(left_.values, style_) <= plot_.height();
    const double below = beside ? plot_.bottom() : body_.bottom();
    const bool fits = titleLength(bottom_.values, style_) <= plot_.width();
    const QRectF along = fits ? plot_ : body_.adjusted(beside ? 0.0 : line, 0.0, 0.0, 0.0);
    paintLine(painter, QRectF(along.left(), body_.bottom() - line, along.width(), line),
              Qt::AlignHCenter | Qt::AlignBottom, bottom_.values.title);
    paintLine(painter, QRectF(body_.left(), plot_.top(), line, below - plot_.top()),
              Qt::AlignHCenter | Qt::AlignTop, left_.values.title, true);
}

QPointF ChartScene::place(const QPointF &value) const
{
    return chart_->mapToPosition(value, places_) + body_.topLeft();
}

} // namespace encoderscope
