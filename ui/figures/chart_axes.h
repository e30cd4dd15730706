// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_style.h"

#include <QList>
#include <QRectF>
#include <QString>

class QPainter;

namespace encoderscope
{

/// A value axis of a chart. Values outside of double's range, or a range that is none, leave it without
/// ticks.
struct ValueAxis {
    double low = 0.0;
    double high = 1.0;
    QString title = {};
    bool whole = false;       ///< no ticks between whole numbers
    bool logarithmic = false; ///< low and high above 0

    /// Where `value` lies between low (0) and high (1); beyond them too.
    double position(double value) const;
};

/// The font of an axis' labels.
QFont axisFont(const FigureStyle &style);
QFont axisTitleFont(const FigureStyle &style);

/// Room for an axis with labels and title: left of the plot, below it, and what the last label below needs to
/// the right of it.
double leftAxisWidth(const ValueAxis &axis, const FigureStyle &style);
double bottomAxisHeight(const ValueAxis &axis, const FigureStyle &style);
double bottomAxisEnd(const ValueAxis &axis, const FigureStyle &style);

/// Grid lines over the plot, the axis line, labels and title. `room`: what lies between the axis and the edge
/// of the figure.
void paintLeftAxis(QPainter &painter, const ValueAxis &axis, const QRectF &plot, const QRectF &room,
                   const FigureStyle &style);
void paintBottomAxis(QPainter &painter, const ValueAxis &axis, const QRectF &plot, const QRectF &room,
                     const FigureStyle &style);

/// One entry of a legend.
struct LegendEntry {
    QString name;
    QColor colour;
    enum class Mark { line, dashes, dot } mark = Mark::line;
};
/// Entries side by side, in as many lines as the width asks for.
double legendHeight(const QList<LegendEntry> &entries, double width, const FigureStyle &style);
void paintLegend(QPainter &painter, const QList<LegendEntry> &entries, const QRectF &area,
                 const FigureStyle &style);

} // namespace encoderscope
