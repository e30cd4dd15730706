// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/quadrature.h"

#include "engine/symmetric_eigen.h"

#include <cmath>

namespace encoderscope
{

QuadratureRule gauss_legendre(int count)
{
    Eigen::MatrixXd recurrence = Eigen::MatrixXd::Zero(count, count);
    for (int k = 1; k < count; ++k)
        recurrence(k, k - 1) = recurrence(k - 1, k) = k / std::sqrt(4.0 * k * k - 1.0);
    const SymmetricEigen solved = symmetric_eigen(recurrence);
    return {.points = (solved.values.array() + 1.0) / 2.0,
            .weights = solved.vectors.row(0).transpose().array().square()};
}

} // namespace encoderscope
