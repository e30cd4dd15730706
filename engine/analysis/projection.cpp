// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/projection.h"

#include <Eigen/Eigenvalues>

#include <limits>

namespace encoderscope
{

namespace
{

constexpr int directions = 2;

/// Unit eigenvectors of centredᵀ centred with the greatest eigenvalues [2 x d] and their shares of the trace.
/// Solved on the smaller side: of centred centredᵀ when there are fewer rows than columns.
void principal_axes(const Eigen::MatrixXd &centred, Projection &projection)
{
    const bool few_rows = centred.rows() < centred.cols();
    const Eigen::MatrixXd products =
        few_rows ? Eigen::MatrixXd(centred * centred.transpose()) : centred.transpose() * centred;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(products);
    const double total = products.trace();
    projection.axes = Matrix::Zero(directions, centred.cols());
    for (int direction = 0; direction < std::min<Index>(directions, products.rows()); ++direction) {
        const Index at = products.rows() - 1 - direction;
        const double variance = solver.eigenvalues()(at);
        // Directions in which nothing varies are noise: they stay zero.
        if (!(variance > 1e-12 * total))
            continue;
        Eigen::VectorXd axis = solver.eigenvectors().col(at);
        if (few_rows)
            axis = (centred.transpose() * axis).normalized();
        projection.axes.row(direction) = axis.transpose().cast<float>();
        projection.shares[direction] = static_cast<float>(variance / total);
    }
}

void orient(Projection &projection, const Projection *previous)
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

Projection project_hidden(const Trace &trace, const Projection *previous, const std::stop_token &stop)
{
    const Index n = trace.tokens();
    const Index states = trace.layers() + 1;
    const Index d_model = trace.config().d_model;
    Eigen::MatrixXd all(states * n, d_model);
    for (Index state = 0; state < states; ++state)
        all.middleRows(state * n, n) = trace.hidden(static_cast<int>(state) - 1).cast<double>();

    Projection projection;
    const Eigen::RowVectorXd mean = all.colwise().mean();
    projection.mean = mean.cast<float>();
    all.rowwise() -= mean;
    if (stop.stop_requested())
        return {};
    if (all.allFinite()) {
        principal_axes(all, projection);
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
