// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/learn/snapshots.h"
#include "ui/figures/catalogue/figure_order.h"
#include "ui/jobs/job.h"
#include "ui/lessons/lesson.h"

#include <functional>
#include <vector>

namespace encoderscope
{

/// Figures that belong one after the other. They are made beside the window.
struct SeriesSource {
    QString title;    ///< "layers 1 to 4 of …"
    QString fileName; ///< without an ending
    int count = 0;    ///< pictures, at most
    /// Says after each how many it has come to. Throws Error and Stopped.
    std::function<std::vector<FigurePtr>(const JobControl &, const std::function<void(int)> &made)> make;
};

/// The steps of a lesson on the sentence and model of `state`.
SeriesSource stepsOf(const Lesson &lesson, const SessionState &state);
/// A figure in every layer, upwards. Its kind has a layer.
SeriesSource layersOf(const FigureOrder &order, const ParameterKind &layer, const FramePtr &frame);
/// A figure of the sentence under every state of a training that was kept.
SeriesSource trainingOf(const FigureOrder &order, const std::vector<Snapshot> &snapshots,
                        const SessionState &state);

/// The parameter that says which layer a figure of that kind is of; null when none does.
const ParameterKind *layerOf(const ParameterKinds &kinds);

} // namespace encoderscope
