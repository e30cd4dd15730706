// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/steering.h"
#include "engine/attribution/sweep.h"
#include "ui/figures/figure.h"
#include "ui/state/chosen_target.h"

namespace encoderscope
{

// How a target changes when a part of the encoder is switched off or multiplied.

/// Layer x head [layers x heads]; `byGradient`: what the gradient says of each head.
FigurePtr headsSweepFigure(const ChosenTarget &chosen, const Eigen::MatrixXd &changes, bool byGradient);

/// Layer x (attention, FFN, the whole layer).
FigurePtr sublayersSweepFigure(const ChosenTarget &chosen, const Sweep &sweep);

/// A bar for each token that nothing attends to any more, and one for the positions; Hit::column is the
/// token, of the positions the number of tokens of the frame's run.
FigurePtr tokensSweepFigure(const Frame &frame, const ChosenTarget &chosen, const Sweep &sweep);

/// The target over the factor, with a point where the run is.
FigurePtr factorCurveFigure(const ChosenTarget &chosen, const ScaledOutput &output, const FactorCurve &curve);

/// Rows or columns of a heatmap that are layers, or heads, from 0; of layers `embedding` adds the embedding's
/// output before the first one.
void nameLayers(HeatmapData &data, int layers, bool embedding = false);
void nameHeads(HeatmapData &data, int heads);

} // namespace encoderscope
