// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"

#include <stop_token>

namespace encoderscope
{

/// The two directions in which vectors vary most: their first two principal components.
struct PrincipalAxes {
    RowVector mean;           ///< [1 x d]
    Matrix axes;              ///< unit rows, the one with the greatest variance first [2 x d]
    float shares[2] = {0, 0}; ///< of the whole variance, along each axis

    /// Where vectors [n x d] lie along the axes [n x 2].
    Matrix places_of(const Matrix &vectors) const;
};

/// Of `vectors` [n x d], n > 0, from which their mean is taken. An axis points the way in which its greatest
/// component is positive; with `previous` (of the same d, may be null) the way in which the previous one
/// pointed, so that a picture does not flip while typing. A direction in which nothing varies is zero;
/// vectors that are not finite have axes that are not finite. Without axes when `stop` was requested.
PrincipalAxes principal_axes(Eigen::MatrixXd &vectors, const PrincipalAxes *previous = nullptr,
                             const std::stop_token &stop = {});

} // namespace encoderscope
