// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/projection.h"

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
void principal_axes(const Eigen::MatrixXd &centred, const std::stop_token &stop, HiddenProjection &projection)
{
    projection.axes = Matrix::Zero(directions, centred.cols());
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
        projection.axes.row(direction) = axis.transpose().cast<float>();
        projection.shares[direction] = static_cast<float>(variance / total);
    }
}

void orient(HiddenProjection &projection, const HiddenProjection *previous)
{
    const bool follow = previous && previous->axes.cols() == projection.axes.cols() &&
                        previous->axes.rows() == projection.axes.rows();
    for (Index direction = 0; direction < projection.axes.rows(); ++direction) {
        auto axis = projection.axes.row(direction);
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

HiddenProjection project_hidden(const Trace &trace, const HiddenProjection *previous,
                                const std::stop_token &stop)
{
    const Index n = trace.tokens();
    const Index states = trace.layers() + 1;
    const Index d_model = trace.config().d_model;
    Eigen::MatrixXd all(states * n, d_model);
    for (Index state = 0; state < states; ++state)
        all.middleRows(state * n, n) = trace.hidden(static_cast<int>(state) - 1).cast<double>();

    HiddenProjection projection;
    const Eigen::RowVectorXd mean = all.colwise().mean();
    projection.mean = mean.cast<float>();
    all.rowwise() -= mean;
    if (stop.stop_requested())
        return {};
    if (all.allFinite()) {
        try {
            principal_axes(all, stop, projection);
        } catch (const Stopped &) {
            return {};
        }
        orient(projection, previous);
    } else {
        projection.axes = Matrix::Constant(directions, d_model, std::numeric_limits<float>::quiet_NaN());
    }
    if (stop.stop_requested())
        return {};
    for (Index state = 0; state < states; ++state)
        projection.points.emplace_back(
            (all.middleRows(state * n, n) * projection.axes.cast<double>().transpose()).cast<float>());
    return projection;
}

} // namespace encoderscope
