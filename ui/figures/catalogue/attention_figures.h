// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/head_statistics.h"
#include "ui/figures/figure.h"
#include "ui/state/compared_trace.h"

#include <stop_token>

namespace encoderscope
{

// Layers and heads from 0.

enum class AttentionQuantity {
    weights,
    scaledScores,
    rawScores,
    contentToPosition, ///< of models whose scores are sums of products (DeBERTa): see RelativeProducts
    positionToContent,
    positionBias, ///< what models with such a bias (MPNet, T5, ALiBi) add to the scaled scores by distance
};
/// The model has the quantity.
bool hasQuantity(const EncoderConfig &config, AttentionQuantity quantity);

enum class HeadSelection { one, mean, maximum };
struct AttentionView {
    int layer = 0;
    int head = 0;
    HeadSelection heads = HeadSelection::one; ///< over all heads of the layer otherwise
    AttentionQuantity quantity = AttentionQuantity::weights;
    bool logarithmic = false;
    bool hideSpecial = false; ///< special tokens left out and the weights renormalized
};
/// Query x key; null when the model does not have the quantity.
FigurePtr attentionFigure(const ComparedTrace &trace, const AttentionView &view);
/// The same without title and frame, e.g. for thumbnails.
HeatmapData attentionData(const ComparedTrace &trace, const AttentionView &view);

/// Every head of every layer; panel = layer * heads + head. `hideSpecial` as in AttentionView.
FigurePtr headsFigure(const ComparedTrace &trace, bool hideSpecial = false, const std::stop_token &stop = {});

/// A table: a row for each head, what it looks at on average. `before` is the plain run's, for a difference.
FigurePtr headStatisticsFigure(const ComparedTrace &compared, const std::vector<HeadStatistics> &heads,
                               const std::vector<HeadStatistics> &before);

} // namespace encoderscope
