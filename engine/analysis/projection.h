// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <stop_token>
#include <vector>

namespace encoderscope
{

/// The hidden states of a run seen along the two directions in which they vary most: principal components of
/// all tokens of all layers together, so that a token can be followed through the layers.
struct HiddenProjection {
    RowVector mean;             ///< [1 x d_model]
    Matrix axes;                ///< unit rows, the one with the greatest variance first [2 x d_model]
    std::vector<Matrix> points; ///< [0]: the embedding's output, [1 + k]: after layer k [tokens x 2]
    float shares[2] = {0, 0};   ///< of the whole variance, along each axis

    bool empty() const { return points.empty(); }
};

/// An axis points the way in which its greatest component is positive; with `previous` (of the same d_model,
/// may be null) the way in which the previous one pointed, so that a picture does not flip while typing.
/// Hidden states that are not finite give points that are not finite. A stopped computation returns an empty
/// projection.
HiddenProjection project_hidden(const Trace &trace, const HiddenProjection *previous = nullptr,
                                const std::stop_token &stop = {});

} // namespace encoderscope
