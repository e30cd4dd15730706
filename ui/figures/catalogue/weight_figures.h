// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/weights.h"
#include "ui/figures/figure.h"

#include <stop_token>

namespace encoderscope
{

// Figures of a model's parameters: the same whatever is typed.

/// A learned matrix, or a product of two. Layer and head from 0; head -1: all heads side by side.
struct WeightPlace {
    ModelPtr model;
    WeightMatrix which = WeightMatrix::query;
    int layer = 0;
    int head = -1;

    WeightShape shape() const { return weight_shape(*model, which, layer, head); }
    bool operator==(const WeightPlace &) const = default;
};

/// It differs from head to head.
bool isOfHeads(WeightMatrix which);
/// "W_Q", as the paper writes it; "Embedding table".
QString weightSymbol(WeightMatrix which);

// Null when the model does not have the matrix.

/// Rows as the vector to its left has elements: q = x W_Q.
FigurePtr weightsFigure(const WeightPlace &place);
/// How many of its values are how large.
FigurePtr weightHistogramFigure(const WeightPlace &place);
/// Its size, norm, mean, deviation and extremes.
FigurePtr weightSummaryFigure(const WeightPlace &place);
/// Its singular values, greatest first. Throws Error and Stopped.
FigurePtr singularValuesFigure(const WeightPlace &place, const std::stop_token &stop);

/// The same numbers of every matrix of a layer, and of the tables. Throws Stopped.
FigurePtr weightTableFigure(const ModelPtr &model, int layer, const std::stop_token &stop);

/// The row of the embedding table of that id, which exists.
FigurePtr wordVectorFigure(const ModelPtr &model, int id);
/// The pieces whose rows of the embedding table are nearest to that of `id`, as bars of cosines. Null when
/// there is none.
FigurePtr nearestWordsFigure(const ModelPtr &model, int id, int count);

} // namespace encoderscope
