// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/principal_axes.h"
#include "engine/forward/trace.h"

#include <vector>

namespace encoderscope
{

/// The hidden states of a run seen along the two directions in which they vary most: principal components of
/// all tokens of all layers together, so that a token can be followed through the layers.
struct HiddenProjection : PrincipalAxes { // of d_model
    std::vector<Matrix> points; ///< [0]: the embedding's output, [1 + k]: after layer k [tokens x 2]

    bool empty() const { return points.empty(); }
};

/// The axes point as principal_axes() says. Hidden states that are not finite give points that are not
/// finite. A stopped computation returns an empty projection.
HiddenProjection project_hidden(const Trace &trace, const HiddenProjection *previous = nullptr,
                                const std::stop_token &stop = {});

} // namespace encoderscope
