// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/heatmap_figure.h"
#include "ui/state/compared_trace.h"

namespace encoderscope
{

// The figures of the command line's kinds, the same as on the pages. Layers and heads from 0.

enum class EmbeddingStage { token, scaled, position, tokenType, sum, normalized, output };
/// [tokens x d_model]; empty when the model does not have the stage.
const Matrix &embeddingStage(const Trace &trace, EmbeddingStage stage);
/// Tokens x d_model at one stage of the input embedding. Null when the model does not have the stage.
FigurePtr embeddingFigure(const ComparedTrace &trace, EmbeddingStage stage);

/// Position x dimension of what the model adds for positions, over the tokens of the trace.
FigurePtr positionsFigure(const ComparedTrace &trace);

enum class AttentionQuantity { weights, scaledScores, rawScores };
enum class HeadSelection { one, mean, maximum };
struct AttentionView {
    int layer = 0;
    int head = 0;
    HeadSelection heads = HeadSelection::one; ///< over all heads of the layer otherwise
    AttentionQuantity quantity = AttentionQuantity::weights;
    bool logarithmic = false;
    bool hideSpecial = false; ///< special tokens left out and the weights renormalized
};
/// Query x key.
FigurePtr attentionFigure(const ComparedTrace &trace, const AttentionView &view);
/// The same without title and frame, e.g. for thumbnails.
HeatmapData attentionData(const ComparedTrace &trace, const AttentionView &view);

/// Every head of every layer; panel = layer * heads + head. `hideSpecial` as in AttentionView.
FigurePtr headsFigure(const ComparedTrace &trace, bool hideSpecial = false);

/// Tokens x d_ff of a layer, before or after the activation.
FigurePtr feedForwardFigure(const ComparedTrace &trace, int layer, bool activated);

/// The same without title and frame, e.g. for thumbnails.
HeatmapData feedForwardData(const ComparedTrace &trace, int layer, bool activated);

/// Tokens x d_model after a layer; -1: the embedding's output.
FigurePtr hiddenFigure(const ComparedTrace &trace, int layer);

/// A limit for a diverging scale: round, so that it rarely changes while typing, and robust: where single
/// values stand out far, 99.5 % of the values lie within it. Sets `clipped` when some lie beyond.
double divergingLimit(const Matrix &values, bool &clipped);

/// What a caption says: model, sentence, layer and head (-1: left out).
QString figureCaption(const Trace &trace, int layer = -1, int head = -1);
/// What to show for each token; special ones as they stand in the vocabulary.
QStringList tokenLabels(const Trace &trace);

} // namespace encoderscope
