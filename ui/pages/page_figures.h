// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/projection.h"
#include "ui/figures/chart_figure.h"
#include "ui/figures/trace_figures.h"

#include <utility>

namespace encoderscope
{

// Figures that several pages show, or that show a part of a trace figure. Layers count from 0; -1 is the
// embedding's output.

/// "the embedding", "layer 2".
QString stateName(int layer);

/// One bar for each value of `values` [1 x n]; what is negative has a colour of its own.
FigurePtr vectorFigure(const RowVector &values, const QString &title, const QString &name,
                       const QString &caption, const QString &indexTitle, const FigureStyle &style);

/// Cosine of the angle between the hidden states of every two tokens.
FigurePtr similarityFigure(const ComparedTrace &compared, int layer);

/// The tokens of one layer along two principal components; every layer has the same axes.
FigurePtr projectionFigure(const Trace &trace, const Projection &projection, int layer,
                           const FigureStyle &style);

/// Rows and columns of the tokens that are not special; the weights of a row sum to 1 again.
Matrix withoutSpecialTokens(const Trace &trace, const Matrix &weights);

/// Tokens x tokens: how much of each input token reaches each token through layers 0 .. `lastLayer`. With
/// `hideSpecial` the rollout is one without special tokens.
FigurePtr rolloutFigure(const ComparedTrace &compared, const Matrix &rollout, int lastLayer,
                        bool hideSpecial);

/// More tokens than lines can be told apart.
constexpr int most_line_tokens = 256;
/// Lines from queries to keys: one head of a layer, or all of them. Null for more tokens than that. With
/// `hideSpecial` no line begins or ends at a special token, and the other weights are renormalized.
FigurePtr linesFigure(const ComparedTrace &compared, int layer, int head, bool allHeads, bool hideSpecial,
                      const FigureStyle &style);

} // namespace encoderscope
