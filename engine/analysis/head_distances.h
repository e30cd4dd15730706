// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <stop_token>
#include <vector>

namespace encoderscope
{

/// How differently heads weight the tokens of one text.
struct HeadDistances {
    /// 0 = the same weights, 1 = never on the same token [layers * heads x layers * heads]; head h of layer l
    /// is row l * heads + h.
    Eigen::MatrixXd values;
    int queries = 0; ///< over how many query tokens
};

/// The root of the mean over query tokens of the Jensen-Shannon divergence, in bits, of the weights of two
/// heads (for one query the Jensen-Shannon distance; "What Does BERT Look At?", section 6, sums the
/// divergences). With more queries than `most_queries`, as many of them, evenly apart; 0 = all. Takes a time
/// that grows with heads² times queries times tokens. A stopped computation returns no values, nor does one
/// of a trace that lacks the weights.
HeadDistances head_distances(const Trace &trace, int most_queries = 0, const std::stop_token &stop = {});

struct NearHead {
    int index = 0; ///< layer * heads + head
    double distance = 0.0;

    bool operator==(const NearHead &) const = default;
};

/// The `count` heads that are most like head `index`, the most similar first, without itself.
std::vector<NearHead> nearest_heads(const HeadDistances &distances, int index, int count);

} // namespace encoderscope
