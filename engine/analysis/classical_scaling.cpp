// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/classical_scaling.h"

#include "engine/symmetric_eigen.h"

#include <cmath>
#include <limits>

namespace encoderscope
{

ScaledPoints classical_scaling(const Eigen::MatrixXd &distances)
{
    const Eigen::Index things = distances.rows();
    ScaledPoints scaled{.points = Eigen::MatrixXd::Zero(things, 2)};
    if (things == 0)
        return scaled;
    if (!distances.allFinite()) {
        scaled.points.setConstant(std::numeric_limits<double>::quiet_NaN());
        return scaled;
    }
    // -½ J D² J, J = I - 1/n: inner products of the points around their mean.
    Eigen::MatrixXd products = -0.5 * distances.cwiseAbs2();
    const Eigen::VectorXd row_means = products.rowwise().mean();
    const Eigen::RowVectorXd column_means = products.colwise().mean();
    products.colwise() -= row_means;
    products.rowwise() -= column_means;
    products.array() += row_means.mean();

    const SymmetricEigen solved = symmetric_eigen(products); // the least eigenvalue first
    const Eigen::VectorXd &values = solved.values;
    const double spread = values.cwiseMax(0.0).sum();
    for (Eigen::Index axis = 0; axis < std::min<Eigen::Index>(2, things); ++axis) {
        const Eigen::Index at = things - 1 - axis;
        if (!(values(at) > 1e-12 * spread))
            break;
        Eigen::VectorXd coordinates = solved.vectors.col(at) * std::sqrt(values(at));
        Eigen::Index greatest = 0;
        coordinates.cwiseAbs().maxCoeff(&greatest);
        scaled.points.col(axis) = coordinates(greatest) < 0.0 ? Eigen::VectorXd(-coordinates) : coordinates;
        scaled.shares[axis] = values(at) / spread;
    }
    return scaled;
}

} // namespace encoderscope
