// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/weight_changes.h"
#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"

namespace encoderscope
{

// Figures of both runs together: how alike they are.

/// Layers of the run x layers of the reference: linear CKA of their hidden states over aligned tokens.
/// Row and column 0 are the embedding's output.
FigurePtr layerSimilarityFigure(const ComparedTrace &compared, const Eigen::MatrixXd &similarity);

/// How far the weights of one model are from those of another.
struct ComparedWeights {
    ModelPtr model, base;
    WeightChanges changes;
};

/// The blocks whose weights moved most from the reference's model, as bars. Hit::column is the place in
/// `changes.blocks`.
FigurePtr weightChangesFigure(const ComparedWeights &weights, int count);

} // namespace encoderscope
