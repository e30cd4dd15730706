// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/separation.h"

#include "engine/learn/random.h"

#include <cmath>

namespace encoderscope
{

namespace
{

constexpr int points_a_side = 10;
constexpr float rate = 0.02F;

/// Weights, and what Adam remembers of their gradients.
struct Weights {
    Matrix value, mean, square;

    explicit Weights(Matrix initial)
        : value(std::move(initial))
        , mean(Matrix::Zero(value.rows(), value.cols()))
        , square(mean)
    {
    }

    void step(const Matrix &gradient, int number)
    {
        constexpr float beta_1 = 0.9F, beta_2 = 0.999F, epsilon = 1e-8F;
        mean = beta_1 * mean + (1.0F - beta_1) * gradient;
        square = beta_2 * square + (1.0F - beta_2) * gradient.cwiseAbs2();
        const float mean_scale = 1.0F / (1.0F - std::pow(beta_1, static_cast<float>(number)));
        const float square_scale = 1.0F / (1.0F - std::pow(beta_2, static_cast<float>(number)));
        value.array() -=
            rate * (mean.array() * mean_scale) / ((square.array() * square_scale).sqrt() + epsilon);
    }
};

Matrix random(KeyedRandom &generator, Index rows, Index columns)
{
    Matrix values(rows, columns);
    for (float &value : values.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(2.0 * generator.uniform() - 1.0);
    return values;
}

/// A bias is one more row of the matrix, and x has one more column of ones.
Matrix with_ones(const Matrix &x)
{
    Matrix wider(x.rows(), x.cols() + 1);
    wider << x, Matrix::Ones(x.rows(), 1);
    return wider;
}

struct Pass {
    Matrix expanded;    ///< [points x hidden]
    Matrix activated;   ///< the same after the activation, with a column of ones
    Matrix probability; ///< [points x 1]
};

Pass forward(const Matrix &x, const Weights &up, const Weights &down, bool relu)
{
    Pass pass;
    pass.expanded = x * up.value;
    pass.activated = with_ones(relu ? Matrix(pass.expanded.cwiseMax(0.0F)) : pass.expanded);
    pass.probability = (1.0F + (-(pass.activated * down.value)).array().exp()).inverse();
    return pass;
}

float cross_entropy(const Matrix &probability, const Matrix &labels)
{
    constexpr float least = 1e-7F;
    const auto p = probability.array().max(least).min(1.0F - least);
    return -(labels.array() * p.log() + (1.0F - labels.array()) * (1.0F - p).log()).mean();
}

/// A grid that leaves out the axes, on which the signs are undecided.
Matrix grid_points()
{
    Matrix points(points_a_side * points_a_side, 2);
    const auto place = [](int i) {
        return (2.0F * static_cast<float>(i) + 1.0F) / static_cast<float>(points_a_side) - 1.0F;
    };
    for (int i = 0; i < points.rows(); ++i)
        points.row(i) << place(i % points_a_side), place(i / points_a_side);
    return points;
}

Matrix plane_points(int side)
{
    Matrix points(side * side, 2);
    const auto place = [side](int i) {
        return (2.0F * static_cast<float>(i) + 1.0F) / static_cast<float>(side) - 1.0F;
    };
    for (int i = 0; i < points.rows(); ++i)
        points.row(i) << place(i % side), -place(i / side);
    return points;
}

} // namespace

Separation train_separation(bool relu, int hidden, int steps, int side, unsigned seed,
                            const std::stop_token &stop)
{
    Separation result;
    result.points = grid_points();
    const Index count = result.points.rows();
    Matrix labels(count, 1);
    for (Index i = 0; i < count; ++i) {
        result.labels.push_back(result.points(i, 0) * result.points(i, 1) > 0.0F ? 1 : 0);
        labels(i, 0) = static_cast<float>(result.labels.back());
    }
    KeyedRandom generator({seed});
    Weights up(random(generator, 3, hidden));
    Weights down(random(generator, hidden + 1, 1) / std::sqrt(static_cast<float>(hidden)));
    const Matrix x = with_ones(result.points);
    for (int step = 1; step <= steps && !stop.stop_requested(); ++step) {
        const Pass pass = forward(x, up, down, relu);
        result.losses.push_back(cross_entropy(pass.probability, labels));
        // d loss / d logit = (p - label) / points
        const Matrix logit = (pass.probability - labels) / static_cast<float>(count);
        Matrix expanded = logit * down.value.topRows(hidden).transpose();
        if (relu)
            expanded = expanded.cwiseProduct((pass.expanded.array() > 0.0F).cast<float>().matrix());
        const Matrix down_gradient = pass.activated.transpose() * logit;
        up.step(x.transpose() * expanded, step);
        down.step(down_gradient, step);
    }
    const Pass trained = forward(x, up, down, relu);
    result.losses.push_back(cross_entropy(trained.probability, labels));
    result.right = ((trained.probability.array() > 0.5F) == (labels.array() > 0.5F)).cast<float>().mean();
    result.plane = forward(with_ones(plane_points(side)), up, down, relu)
                       .probability.reshaped<Eigen::RowMajor>(side, side);
    return result;
}

} // namespace encoderscope
