// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/symmetric_eigen.h"

#include <Eigen/Eigenvalues>

namespace encoderscope
{

namespace
{

using SymmetricSolver = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>;

} // namespace

SymmetricEigen symmetric_eigen(const Eigen::MatrixXd &symmetric)
{
    const SymmetricSolver solver(symmetric);
    return {.values = solver.eigenvalues(), .vectors = solver.eigenvectors()};
}

Eigen::VectorXd symmetric_eigenvalues(const Eigen::MatrixXd &symmetric)
{
    return SymmetricSolver(symmetric, Eigen::EigenvaluesOnly).eigenvalues();
}

} // namespace encoderscope
