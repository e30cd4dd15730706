// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

namespace encoderscope
{

/// Things in a plane, as far from each other as their distances say, as nearly as a plane can.
struct ScaledPoints {
    Eigen::MatrixXd points; ///< along the axis with the greatest spread first [things x 2]
    /// Of all that the distances spread, along each axis: their sum says how much of it the plane shows.
    double shares[2] = {0.0, 0.0};
};

/// Classical multidimensional scaling (Torgerson, "Multidimensional Scaling: I. Theory and Method") of a
/// symmetric matrix of distances [things x things]. An axis points the way in which its greatest coordinate
/// is positive. Distances that are not finite give points that are not finite.
ScaledPoints classical_scaling(const Eigen::MatrixXd &distances);

} // namespace encoderscope
