// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/projection.h"
#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"

namespace encoderscope
{

// Layers from 0; -1 is the embedding's output.

/// Tokens x d_model after a layer.
FigurePtr hiddenFigure(const ComparedTrace &compared, int layer);

/// Cosine of the angle between the hidden states of every two tokens.
FigurePtr similarityFigure(const ComparedTrace &compared, int layer);

/// The tokens of one layer along two principal components of the run shown; every layer has the same axes.
/// Null when the hidden states are not finite.
FigurePtr projectionFigure(const ComparedTrace &compared, const HiddenProjection &projection, int layer);

} // namespace encoderscope
