// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

namespace encoderscope
{

/// A = V diag(λ) Vᵀ of a symmetric A [n x n].
struct SymmetricEigen {
    Eigen::VectorXd values;  ///< λ [n], the least first
    Eigen::MatrixXd vectors; ///< V [n x n], unit columns in the order of the values
};

/// By Eigen's solver (tridiagonal form, then implicit QR steps), which is compiled in one place because it
/// takes a compiler long. Of A only the lower triangle is read.
SymmetricEigen symmetric_eigen(const Eigen::MatrixXd &symmetric);

/// The same values, without the time that the vectors take.
Eigen::VectorXd symmetric_eigenvalues(const Eigen::MatrixXd &symmetric);

} // namespace encoderscope
