// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_style.h"

#include <QList>
#include <QPointF>
#include <QString>
#include <QStringList>

#include <vector>

namespace encoderscope
{

/// One set of points in a chart. A point that is not finite is left out, and a line is broken there.
struct ChartSeries {
    enum class Kind { line, dashedLine, points } kind = Kind::line;
    QString name = {}; ///< in the legend; empty = not there
    FigureColour colour = {};
    QList<QPointF> points = {};
    QStringList labels = {}; ///< of the points (scatter); may be empty
    bool ringed = false;     ///< points have rings around them, to be found among many
    bool labelled = true;    ///< labels are painted beside their points; else said of the one pointed at
};

/// Curves and scatters. Hit: panel = series, row = point.
struct ChartData {
    std::vector<ChartSeries> series;
    QString xTitle;
    QString yTitle;
    double xLow = 0.0, xHigh = 1.0; ///< stable ranges, so that nothing jumps while typing
    double yLow = 0.0, yHigh = 1.0;
    bool wholeX = false;      ///< x counts something: no ticks between whole numbers
    double cursorX = qQNaN(); ///< a vertical line, e.g. at the hovered position
};

/// Bars. Hit: column = index of the bar.
struct BarsData {
    QStringList labels; ///< one a bar
    QList<double> values;
    QList<FigureColour> colours; ///< one a bar, or one for all
    QList<int> indices;          ///< what Hit::column says for a bar; empty = its place
    QString labelTitle;
    QString valueTitle;
    double low = 0.0, high = 0.0; ///< of the value axis; both 0 = fit
    bool horizontal = false;
    bool numbers = false; ///< each bar says its value, where there is room
    int room = 0;         ///< bars are as thick as if there were at least so many
};

} // namespace encoderscope
