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
    const auto fit = [&chart](const QList<QPointF> &losses) {
        for (const QPointF &point : losses) {
            if (std::isfinite(point.y()))
                chart.yHigh = std::max(chart.yHigh, std::ceil(point.y()));
        }
    };
    fit(training.losses);
    if (training.shownStep >= 0)
        chart.cursorX = training.shownStep;
    chart.series.push_back(
        {.name = training.name, .colour = FigureColour::series(0), .points = training.losses});
    for (int index = 0; index < training.others.size(); ++index) {
        const Losses::Other &other = training.others[index];
        fit(other.losses);
        chart.series.push_back(
            {.name = other.name, .colour = FigureColour::series(index + 1), .points = other.losses});
    }
    return makeFigure(std::move(chart),
                      QCoreApplication::translate("encoderscope::TrainingPage", "Loss of masked words"),
                      QStringLiteral("training-loss"), {});
}

} // namespace encoderscope
