// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/hidden_similarity.h"

#include "engine/analysis/aligned_difference.h"
#include "engine/kernels/workers.h"

#include <cmath>
#include <limits>

namespace encoderscope
{

namespace
{

using Double = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// With columns of mean 0. What does not vary but for rounding is 0.
Double centred(const Double &rows)
{
    Double result = rows.rowwise() - rows.colwise().mean();
    if (result.norm() <= 1e-12 * rows.norm())
        result.setZero();
    return result;
}

std::vector<Double> centred_states(const Trace &trace, const TokenAlignment &alignment, AlignedSide side)
{
    std::vector<Double> states;
    for (int layer = -1; layer < trace.layers(); ++layer)
        states.push_back(centred(unit_means(trace.hidden(layer), alignment, side).cast<double>()));
    return states;
}

/// The sums that alignment is made of: inner products of the states' Gram matrices.
struct Sums {
    Eigen::MatrixXd between; ///< <X Xᵀ, Y Yᵀ> [now x reference]
    Eigen::VectorXd now;     ///< <X Xᵀ, X Xᵀ>
    Eigen::VectorXd reference;

    explicit Sums(std::size_t now_states = 0, std::size_t reference_states = 0)
        : between(Eigen::MatrixXd::Zero(static_cast<Index>(now_states), static_cast<Index>(reference_states)))
        , now(Eigen::VectorXd::Zero(static_cast<Index>(now_states)))
        , reference(Eigen::VectorXd::Zero(static_cast<Index>(reference_states)))
    {
    }
};

/// What the rows [first, first + count) of all Gram matrices add; a Gram matrix of 4,096 tokens is never
/// whole in memory.
void add_rows(const std::vector<Double> &a, const std::vector<Double> &b, Index first, Index count,
              Sums &sums)
{
    const auto rows = [&](const std::vector<Double> &states) {
        std::vector<Double> gram;
        for (const Double &state : states)
            gram.emplace_back(state.middleRows(first, count) * state.transpose());
        return gram;
    };
    const std::vector<Double> grams_a = rows(a);
    const std::vector<Double> grams_b = rows(b);
    for (std::size_t i = 0; i < a.size(); ++i) {
        sums.now(static_cast<Index>(i)) += grams_a[i].squaredNorm();
        for (std::size_t j = 0; j < b.size(); ++j)
            sums.between(static_cast<Index>(i), static_cast<Index>(j)) +=
                grams_a[i].cwiseProduct(grams_b[j]).sum();
    }
    for (std::size_t j = 0; j < b.size(); ++j)
        sums.reference(static_cast<Index>(j)) += grams_b[j].squaredNorm();
}

Eigen::MatrixXd similarity_of(const std::vector<Double> &a, const std::vector<Double> &b,
                              const std::stop_token &stop)
{
    constexpr Index block = 32;
    const Index items = a.front().rows();
    const Index blocks = (items + block - 1) / block;
    std::vector<Sums> parts(kernels::worker_threads(), Sums(a.size(), b.size()));
    kernels::run_chunks(
        static_cast<std::size_t>(blocks),
        [&](std::size_t chunk, std::size_t thread) {
            const Index first = static_cast<Index>(chunk) * block;
            add_rows(a, b, first, std::min(block, items - first), parts[thread]);
        },
        stop);
    if (stop.stop_requested())
        return {};
    Sums sums(a.size(), b.size());
    for (const Sums &part : parts) {
        sums.between += part.between;
        sums.now += part.now;
        sums.reference += part.reference;
    }
    Eigen::MatrixXd similarity(sums.between.rows(), sums.between.cols());
    for (Index i = 0; i < similarity.rows(); ++i) {
        for (Index j = 0; j < similarity.cols(); ++j) {
            const double size = std::sqrt(sums.now(i)) * std::sqrt(sums.reference(j));
            similarity(i, j) =
                size > 0.0 ? sums.between(i, j) / size : std::numeric_limits<double>::quiet_NaN();
        }
    }
    return similarity;
}

} // namespace

double linear_cka(const MatrixRef &a, const MatrixRef &b)
{
    if (a.rows() == 0)
        return std::numeric_limits<double>::quiet_NaN();
    return similarity_of({centred(a.cast<double>())}, {centred(b.cast<double>())}, {})(0, 0);
}

Eigen::MatrixXd hidden_similarity(const Trace &now, const Trace &reference, const TokenAlignment &alignment,
                                  const std::stop_token &stop)
{
    const std::vector<Double> a = centred_states(now, alignment, AlignedSide::now);
    const std::vector<Double> b = centred_states(reference, alignment, AlignedSide::reference);
    if (a.front().rows() == 0)
        return Eigen::MatrixXd::Constant(now.layers() + 1, reference.layers() + 1,
                                         std::numeric_limits<double>::quiet_NaN());
    return similarity_of(a, b, stop);
}

} // namespace encoderscope
