// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

namespace encoderscope
{

/// Points in [0, 1] at which a function is taken, with weights whose sum is 1.
struct QuadratureRule {
    Eigen::VectorXd points, weights;
};

/// The Gauss-Legendre rule of `count` points (at least 1), from the eigenvalues of the polynomials'
/// recurrence
/// ("Calculation of Gauss Quadrature Rules", Golub and Welsch 1969).
QuadratureRule gauss_legendre(int count);

} // namespace encoderscope
