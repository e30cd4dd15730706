// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_style.h"

#include <QChart>
#include <QGraphicsScene>

class QCategoryAxis;
class QPainter;

namespace encoderscope
{

/// An axis of a chart.
struct ValueAxis {
    double low = 0.0;
    double high = 1.0;
    QString title = {};
    bool whole = false;  ///< it counts something: no ticks between whole numbers
    bool hidden = false; ///< it places what is drawn, and is not drawn itself

    /// The same with a range that Qt Charts can lay out: finite, not reversed, neither empty nor beyond what
    /// doubles can be divided by.
    ValueAxis sound() const;
    /// Longer at both ends by that share of its length.
    ValueAxis widened(double share) const;
    double clamped(double value) const;

    bool operator==(const ValueAxis &) const = default;
};

/// Room for an axis with labels and title: left of the plot, below it, and what the last label below needs to
/// the right of it.
double leftAxisWidth(const ValueAxis &axis, const FigureStyle &style);
double bottomAxisHeight(const ValueAxis &axis, const FigureStyle &style);
double bottomAxisEnd(const ValueAxis &axis, const FigureStyle &style);
/// The length of an axis that its title asks for.
double titleLength(const ValueAxis &axis, const FigureStyle &style);

/// The part of `body` that so much room around it leaves to the plot, on whole pixels.
QRectF plotWithin(const QRectF &body, const QMarginsF &room);

/// A Qt chart in a scene of its own, painted by a painter; there is no widget. For the GUI thread only.
class ChartScene
{
public:
    /// The axes must be sound.
    ChartScene(ValueAxis bottom, ValueAxis left);

    /// Other axes, as hidden as those before.
    void setAxes(const ValueAxis &bottom, const ValueAxis &left);
    /// Takes the series, whose values must be finite and no farther out than an axis is long.
    void add(QAbstractSeries *series);
    /// Lays the chart out, its plot in that part of `body`. False when it already is.
    bool arrange(const QRectF &body, const QRectF &plot, const FigureStyle &style);
    void render(QPainter &painter);
    /// Where Qt Charts places `value`, in the coordinates of `body`.
    QPointF place(const QPointF &value) const;

private:
    struct Axis {
        ValueAxis values;
        QCategoryAxis *axis; ///< owned by the chart
    };
    void showTicks(const Axis &axis, int most);
    void applyStyle(const FigureStyle &style);

    QGraphicsScene scene_;
    QChart *chart_;           ///< owned by the scene
    QAbstractSeries *places_; ///< without points: all that the axes place is placed as its points would be
    Axis bottom_, left_;
    QRectF body_, plot_;
    FigureStyle style_;
};

} // namespace encoderscope
