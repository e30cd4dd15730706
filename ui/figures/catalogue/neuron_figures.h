// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/state/frame.h"

namespace encoderscope
{

// One neuron of a layer's FFN, by its number.

/// What it reads and what it adds: its row of W_1, of gated FFNs that of V too, and its column of W_2, each
/// as a row over the dimensions.
FigurePtr neuronWeightsFigure(const Trace &trace, int layer, int neuron);

/// The pieces whose logits at a token its output pushes up and down most.
FigurePtr neuronWordsFigure(const Trace &trace, int layer, int neuron, int token);

} // namespace encoderscope
