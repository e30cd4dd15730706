// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/heatmap.h"
#include "ui/state/compared_trace.h"

#include <stop_token>

namespace encoderscope
{

/// A part of the encoder that the map has a small picture of. Layer and head from 0.
struct ThumbnailOf {
    enum class Part { head, feedForward, positions, embedding, output } part = Part::output;
    int layer = -1;
    int head = -1;
};

/// A head's attention weights, an FFN's activations, the vectors of embedding, positions and output: one cell
/// a value or, where there are more than a few dozen, the largest of several. Without rows for what the run
/// does not have, and when stopped.
HeatmapData thumbnailData(const ComparedTrace &compared, const ThumbnailOf &of,
                          const std::stop_token &stop = {});

} // namespace encoderscope
