// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"

namespace encoderscope
{

enum class EmbeddingStage { token, scaled, position, tokenType, taskType, sum, normalized, output };
/// [tokens x d_model]; empty when the model does not have the stage.
const Matrix &embeddingStage(const Trace &trace, EmbeddingStage stage);
/// Of the run to show; for a difference of both.
bool hasStage(const ComparedTrace &compared, EmbeddingStage stage);

/// Tokens x d_model at one stage of the input embedding. Null when the model does not have the stage.
FigurePtr embeddingFigure(const ComparedTrace &compared, EmbeddingStage stage);
/// One row of it as bars.
FigurePtr embeddingVectorFigure(const ComparedTrace &compared, EmbeddingStage stage, int token);

/// Position x dimension of what the model adds for positions, over the tokens of the trace. Null when it adds
/// nothing.
FigurePtr positionsFigure(const ComparedTrace &compared);

/// A table: each token's text, piece and id.
FigurePtr tokensFigure(const Trace &trace);

} // namespace encoderscope
