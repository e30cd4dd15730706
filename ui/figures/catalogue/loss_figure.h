// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"

#include <QPointF>

namespace encoderscope
{

/// What a training has come to.
struct Losses {
    QList<QPointF> losses; ///< step, mean loss
    int steps = 1;         ///< of the whole training
    int shownStep = -1;    ///< whose weights are shown; -1 = none
    QString name = {};     ///< in the legend, where there are others
    /// Of trainings beside it.
    struct Other {
        QString name;
        QList<QPointF> losses;
    };
    QList<Other> others = {};
};

/// The loss over the steps. No kind of the catalogue: it is made from a training, not from a frame.
FigurePtr lossCurve(const Losses &training);

} // namespace encoderscope
