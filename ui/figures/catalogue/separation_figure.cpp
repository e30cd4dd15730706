// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/catalogue/separation_figure.h"

#include "engine/learn/separation.h"
#include "ui/figures/catalogue/figure_messages.h"
#include "ui/jobs/stopped.h"

namespace encoderscope
{

namespace
{

constexpr int neurons = 16;
constexpr int side = 40;
constexpr unsigned seed = 1;

HeatmapData planePanel(const Separation &learned)
{
    HeatmapData panel;
    panel.rows = panel.columns = side;
    panel.rowTitle = QStringLiteral("y");
    panel.columnTitle = QStringLiteral("x");
    for (int i = 0; i < side; ++i) {
        const double place = (2.0 * i + 1.0) / side - 1.0;
        panel.columnLabels.append(QString::number(place, 'f', 2));
        panel.rowLabels.append(QString::number(-place, 'f', 2));
    }
    panel.valueTitle = Figures::tr("probability");
    panel.scale = ColourScale::sequential(0.0, 1.0);
    panel.values = rowsOf(learned.plane);
    return panel;
}

} // namespace

FigurePtr separationFigure(int steps, const std::stop_token &stop)
{
    HeatmapGrid grid;
    grid.inARow = 2;
    for (const bool relu : {false, true}) {
        const Separation learned = train_separation(relu, neurons, steps, side, seed, stop);
        throwIfStopped(stop);
        grid.panels.push_back(planePanel(learned));
        grid.titles.append((relu ? Figures::tr("%1 % (ReLU)") : Figures::tr("%1 % (nothing)"))
                               .arg(100.0 * static_cast<double>(learned.right), 0, 'f', 0));
    }
    return makeFigure(
        std::move(grid), Figures::tr("Have x and y the same sign? Right after step %1").arg(steps),
        QStringLiteral("separation-step%1").arg(steps),
        Figures::tr("two linear layers with %1 neurons and nothing or ReLU between them").arg(neurons));
}

} // namespace encoderscope
