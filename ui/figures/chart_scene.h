// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"

#include <QChart>
#include <QGraphicsScene>

class QAbstractAxis;
class QValueAxis;

namespace encoderscope
{

/// A Qt chart in a scene of its own, painted by a painter; there is no widget. Where the plot lies is ours to
/// say, so that points map to values without asking the chart.
class ChartScene
{
public:
    ChartScene();

    QChart &chart() { return *chart_; }
    /// The pens, brushes and fonts of everything but the series.
    void applyStyle(const FigureStyle &style);
    void render(QPainter &painter, const QRectF &body, const QRectF &plot);

private:
    QGraphicsScene scene_;
    QChart *chart_; ///< owned by the scene
    QRectF body_, plot_;
};

/// The font of an axis' labels.
QFont axisFont(const FigureStyle &style);

/// Range and round ticks, about `most` of them; `whole`: only at whole numbers.
void setTicks(QValueAxis &axis, double low, double high, int most, bool whole = false);

/// Room for a value axis with labels and title, beside or below the plot.
double valueAxisWidth(double low, double high, bool titled, const FigureStyle &style);
double axisHeight(bool titled, const FigureStyle &style);

} // namespace encoderscope
