// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <stop_token>
#include <vector>

namespace encoderscope
{

/// What one head looks at, averaged over the query tokens.
struct HeadStatistics {
    float entropy = 0.0F;       ///< of the weights over the keys, in bits; 0 = one key, log2(tokens) = even
    float mean_distance = 0.0F; ///< weight times |key - query|, in tokens
    float diagonal = 0.0F;      ///< weight on the token itself
    float previous = 0.0F;      ///< weight on the token before; the first token has none and counts as 0
    float next = 0.0F;          ///< weight on the token after; the last token has none and counts as 0
    float special = 0.0F;       ///< weight on special tokens together

    bool operator==(const HeadStatistics &) const = default;
};

HeadStatistics head_statistics(const Trace &trace, int layer, int head);

/// Of every head: [layer * heads + head]. A stopped computation returns an empty list.
std::vector<HeadStatistics> head_statistics(const Trace &trace, const std::stop_token &stop = {});

/// The entropy of each row of `weights` in bits [rows x 1]; weights of 0 add nothing.
Matrix row_entropy(const MatrixRef &weights);

} // namespace encoderscope
