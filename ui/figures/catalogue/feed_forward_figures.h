// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"

namespace encoderscope
{

enum class FeedForwardStage {
    before, ///< the activation
    after,  ///< it; of gated FFNs, times the value: what W_2 reads
    gate,   ///< of gated FFNs: after the activation
    value,  ///< of gated FFNs: what the gate multiplies
};

/// Tokens x d_ff of a layer. Null when the model does not have the stage.
FigurePtr feedForwardFigure(const ComparedTrace &compared, int layer, FeedForwardStage stage);
HeatmapData feedForwardData(const ComparedTrace &compared, int layer, FeedForwardStage stage);

/// The neurons of a token that are farthest from 0, strongest first; Hit::column is the neuron.
FigurePtr strongestNeuronsFigure(const ComparedTrace &compared, int layer, int token);

/// The activation function with the token's pre-activations as dots on it: Hit::row of series 1 is the
/// neuron. For a difference there are dots of both runs.
FigurePtr activationCurve(const ComparedTrace &compared, int layer, int token, int neuron);

/// One neuron over all tokens; Hit::column is the token.
FigurePtr neuronFigure(const ComparedTrace &compared, int layer, int neuron);

} // namespace encoderscope
