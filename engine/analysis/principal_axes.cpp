// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/principal_axes.h"

#include "engine/symmetric_eigen.h"

#include <Spectra/SymEigsSolver.h>

#include <limits>

namespace encoderscope
{

namespace
{

constexpr int directions = 2;

struct Stopped {
};

/// x -> centredᵀ centred x, or centred centredᵀ x when there are fewer rows than columns: what the truncated
/// solver asks for, so that the products are never made. Throws Stopped.
class Covariance
{
public:
    using Scalar = double;

    Covariance(const Eigen::MatrixXd &centred, const std::stop_token &stop)
        : centred_(centred)
        , stop_(stop)
    {
    }
    bool few_rows() const { return centred_.rows() < centred_.cols(); }
    Index rows() const { return std::min(centred_.rows(), centred_.cols()); }
    Index cols() const { return rows(); }
    void perform_op(const double *x, double *y) const
    {
        if (stop_.stop_requested())
            throw Stopped();
        const Eigen::Map<const Eigen::VectorXd> from(x, rows());
        Eigen::Map<Eigen::VectorXd> to(y, rows());
        if (few_rows())
            to.noalias() = centred_ * (centred_.transpose() * from).eval();
        else
            to.noalias() = centred_.transpose() * (centred_ * from).eval();
    }
    Eigen::MatrixXd products() const
    {
        return few_rows() ? Eigen::MatrixXd(centred_ * centred_.transpose())
                          : Eigen::MatrixXd(centred_.transpose() * centred_);
    }

private:
    const Eigen::MatrixXd &centred_;
    const std::stop_token &stop_;
};

struct EigenPairs {
    Eigen::VectorXd values;  ///< the greatest first
    Eigen::MatrixXd vectors; ///< unit columns
};

/// The pairs with the greatest eigenvalues, at most two.
EigenPairs greatest_pairs(Covariance &covariance)
{
    constexpr Index small = 32; // solved whole as quickly
    constexpr Index krylov_vectors = 16;
    const Index size = covariance.rows();
    if (size > small) {
        Spectra::SymEigsSolver<Covariance> solver(covariance, directions, krylov_vectors);
        solver.init();
        solver.compute(Spectra::SortRule::LargestAlge, 200, 1e-9);
        if (solver.info() == Spectra::CompInfo::Successful)
            return {solver.eigenvalues(), solver.eigenvectors()};
    }
    const SymmetricEigen solved = symmetric_eigen(covariance.products());
    const Index wanted = std::min<Index>(directions, size);
    return {solved.values.tail(wanted).reverse(), solved.vectors.rightCols(wanted).rowwise().reverse()};
}

/// Unit eigenvectors of centredᵀ centred with the greatest eigenvalues [2 x d] and their shares of the trace.
void find_axes(const Eigen::MatrixXd &centred, const std::stop_token &stop, PrincipalAxes &found)
{
    found.axes = Matrix::Zero(directions, centred.cols());
    const double total = centred.squaredNorm();
    if (total == 0.0)
        return;
    Covariance covariance(centred, stop);
    const EigenPairs pairs = greatest_pairs(covariance);
    for (Index direction = 0; direction < pairs.values.size(); ++direction) {
        const double variance = pairs.values(direction);
        // Directions in which nothing varies are noise: they stay zero.
        if (!(variance > 1e-12 * total))
            continue;
        Eigen::VectorXd axis = pairs.vectors.col(direction);
        if (covariance.few_rows())
            axis = (centred.transpose() * axis).normalized();
        found.axes.row(direction) = axis.transpose().cast<float>();
        found.shares[direction] = static_cast<float>(variance / total);
    }
}

void orient(Matrix &axes, const PrincipalAxes *previous)
{
    const bool follow =
        previous && previous->axes.cols() == axes.cols() && previous->axes.rows() == axes.rows();
    for (Index direction = 0; direction < axes.rows(); ++direction) {
        auto axis = axes.row(direction);
        float sign = follow ? axis.dot(previous->axes.row(direction)) : 0.0F;
        if (sign == 0.0F) {
            Index greatest = 0;
            axis.cwiseAbs().maxCoeff(&greatest);
            sign = axis(greatest);
        }
        if (sign < 0.0F)
            axis = -axis;
    }
}

} // namespace

Matrix PrincipalAxes::places_of(const Matrix &vectors) const
{
    return (vectors.rowwise() - mean) * axes.transpose();
}

PrincipalAxes principal_axes(Eigen::MatrixXd &vectors, const PrincipalAxes *previous,
                             const std::stop_token &stop)
{
    PrincipalAxes found;
    const Eigen::RowVectorXd mean = vectors.colwise().mean();
    found.mean = mean.cast<float>();
    vectors.rowwise() -= mean;
    if (stop.stop_requested())
        return found;
    if (!vectors.allFinite()) {
        found.axes = Matrix::Constant(directions, vectors.cols(), std::numeric_limits<float>::quiet_NaN());
        return found;
    }
    try {
        find_axes(vectors, stop, found);
    } catch (const Stopped &) {
        found.axes = Matrix();
        return found;
    }
    orient(found.axes, previous);
    return found;
}

} // namespace encoderscope
