// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/rotation.h"

#include "engine/kernels/workers.h"

#include <cmath>
#include <numbers>

namespace encoderscope
{

namespace
{

/// Radians from one position to the next.
double radians_of(Index pair, Index d_k, const TurnRate &rate)
{
    return std::pow(rate.base, -2.0 * static_cast<double>(pair) / static_cast<double>(d_k)) / rate.slowing;
}

} // namespace

double rotary_wavelength(Index pair, Index d_k, const TurnRate &rate)
{
    return 2.0 * std::numbers::pi / radians_of(pair, d_k, rate);
}

Turns rotary_turns(Index positions, Index d_k, const TurnRate &rate)
{
    // As in positional_encoding(): sine and cosine are called once a pair, and turned on in double.
    const Index pairs = d_k / 2;
    Eigen::ArrayXd radians(pairs);
    for (Index pair = 0; pair < pairs; ++pair)
        radians(pair) = radians_of(pair, d_k, rate);
    const Eigen::ArrayXd turn_sine = radians.sin();
    const Eigen::ArrayXd turn_cosine = radians.cos();
    Turns turns{Matrix(positions, pairs), Matrix(positions, pairs)};
    Eigen::ArrayXd sine = Eigen::ArrayXd::Zero(pairs);
    Eigen::ArrayXd cosine = Eigen::ArrayXd::Ones(pairs);
    for (Index position = 0; position < positions; ++position) {
        turns.cosine.row(position) = cosine.cast<float>().matrix().transpose();
        turns.sine.row(position) = sine.cast<float>().matrix().transpose();
        const Eigen::ArrayXd turned = sine * turn_cosine + cosine * turn_sine;
        cosine = (cosine * turn_cosine - sine * turn_sine).eval();
        sine = turned;
    }
    return turns;
}

void rotate(const MatrixRef &x, const Turns &turns, Turning turning, Eigen::Ref<Matrix> to,
            const std::stop_token &stop)
{
    const Index pairs = turns.cosine.cols();
    const Index heads = x.cols() / (2 * pairs);
    const float sign = turning == Turning::forth ? 1.0F : -1.0F;
    constexpr Index floats_per_piece = 1 << 14;
    const Index rows_per_piece = std::max<Index>(floats_per_piece / std::max<Index>(x.cols(), 1), 1);
    const auto turn_rows = [&](std::size_t piece, std::size_t) {
        const Index first = static_cast<Index>(piece) * rows_per_piece;
        Eigen::RowVectorXf left(pairs), right(pairs);
        for (Index row = first; row < std::min(first + rows_per_piece, x.rows()); ++row) {
            const auto cosine = turns.cosine.row(row).array();
            const auto sine = turns.sine.row(row).array() * sign;
            for (Index head = 0; head < heads; ++head) {
                const Index column = head * 2 * pairs;
                left = x.row(row).segment(column, pairs);
                right = x.row(row).segment(column + pairs, pairs);
                to.row(row).segment(column, pairs).array() = left.array() * cosine - right.array() * sine;
                to.row(row).segment(column + pairs, pairs).array() =
                    right.array() * cosine + left.array() * sine;
            }
        }
    };
    kernels::run_chunks(static_cast<std::size_t>((x.rows() + rows_per_piece - 1) / rows_per_piece), turn_rows,
                        stop);
}

} // namespace encoderscope
