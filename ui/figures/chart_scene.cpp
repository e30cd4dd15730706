// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/chart_scene.h"

#include "ui/figures/figure_text.h"
#include "ui/figures/ticks.h"

#include <QAbstractAxis>
#include <QGraphicsLayout>
#include <QLegend>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

ChartScene::ChartScene()
    : chart_(new QChart)
{
    scene_.addItem(chart_);
    scene_.setItemIndexMethod(QGraphicsScene::NoIndex);
    chart_->setAnimationOptions(QChart::NoAnimation);
    chart_->setBackgroundVisible(false);
    chart_->setPlotAreaBackgroundVisible(false);
    chart_->setMargins(QMargins());
    chart_->layout()->setContentsMargins(0.0, 0.0, 0.0, 0.0);
    chart_->legend()->hide();
}

void ChartScene::applyStyle(const FigureStyle &style)
{
    const QFont font = axisFont(style);
    const QList<QAbstractAxis *> axes = chart_->axes();
    for (QAbstractAxis *axis : axes) {
        axis->setLabelsFont(font);
        axis->setLabelsBrush(style.muted);
        axis->setTitleFont(scaledFont(style.font, 0.9));
        axis->setTitleBrush(style.text);
        axis->setLinePen(QPen(style.grid, 1.0));
        axis->setGridLinePen(QPen(style.grid, 0.6));
        axis->setMinorGridLineVisible(false);
        axis->setTruncateLabels(false);
    }
}

void ChartScene::render(QPainter &painter, const QRectF &body, const QRectF &plot)
{
    if (body.width() < 2.0 || body.height() < 2.0)
        return;
    if (body != body_ || plot != plot_) {
        body_ = body;
        plot_ = plot;
        chart_->setGeometry(QRectF(QPointF(0.0, 0.0), body.size()));
        chart_->setPlotArea(plot.translated(-body.topLeft()));
        scene_.setSceneRect(QRectF(QPointF(0.0, 0.0), body.size()));
        // The plot area moves the series at once, the axes only with the layout.
        chart_->layout()->invalidate();
    }
    chart_->layout()->activate();
    painter.save();
    scene_.render(&painter, body, scene_.sceneRect(), Qt::IgnoreAspectRatio);
    painter.restore();
}

QFont axisFont(const FigureStyle &style)
{
    return scaledFont(style.font, 0.85);
}

void setTicks(QValueAxis &axis, double low, double high, int most, bool whole)
{
    axis.setRange(low, high);
    most = std::max(2, most);
    QList<double> ticks = niceTicks(low, high, most);
    while (whole && most > 2 && ticks.size() > 1 &&
           ticks.at(1) - ticks.at(0) != std::round(ticks.at(1) - ticks.at(0)))
        ticks = niceTicks(low, high, --most);
    if (ticks.size() < 2)
        return;
    const double step = ticks.at(1) - ticks.at(0);
    axis.setTickType(QValueAxis::TicksDynamic);
    axis.setTickAnchor(ticks.front());
    axis.setTickInterval(step);
    const int decimals = std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 6);
    const QString format = QStringLiteral("%.%1f").arg(decimals);
    if (format != axis.labelFormat()) // setting it lays the chart out anew even when it is the same
        axis.setLabelFormat(format);
}

double valueAxisWidth(double low, double high, bool titled, const FigureStyle &style)
{
    const QFontMetricsF metrics(axisFont(style));
    const QList<double> ticks = niceTicks(low, high, 6);
    const double step = ticks.size() > 1 ? ticks.at(1) - ticks.at(0) : high - low;
    double widest = metrics.horizontalAdvance(QStringLiteral("−0.00"));
    for (const double tick : ticks)
        widest = std::max(widest, metrics.horizontalAdvance(tickLabel(tick, step)));
    return std::ceil(widest + 12.0 +
                     (titled ? QFontMetricsF(scaledFont(style.font, 0.9)).height() + 6.0 : 0.0));
}

double axisHeight(bool titled, const FigureStyle &style)
{
    return std::ceil(QFontMetricsF(axisFont(style)).height() + 10.0 +
                     (titled ? QFontMetricsF(scaledFont(style.font, 0.9)).height() + 4.0 : 0.0));
}

} // namespace encoderscope
