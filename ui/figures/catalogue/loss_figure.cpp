// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/loss_figure.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

FigurePtr lossCurve(const Losses &training)
{
    ChartData chart;
    chart.xTitle = QCoreApplication::translate("encoderscope::TrainingPage", "Step");
    chart.yTitle = QCoreApplication::translate("encoderscope::TrainingPage", "Loss");
    chart.xHigh = training.steps;
    for (const QPointF &point : training.losses) {
        if (std::isfinite(point.y()))
            chart.yHigh = std::max(chart.yHigh, std::ceil(point.y()));
    }
    if (training.shownStep >= 0)
        chart.cursorX = training.shownStep;
    chart.series.push_back({.points = training.losses});
    return makeFigure(std::move(chart),
                      QCoreApplication::translate("encoderscope::TrainingPage", "Loss of masked words"),
                      QStringLiteral("training-loss"), {});
}

} // namespace encoderscope
