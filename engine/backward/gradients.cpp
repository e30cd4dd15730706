// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/backward/gradients.h"

#include <cmath>
#include <numbers>

namespace encoderscope::gradients
{

namespace
{

// GELU(x) = x Phi(x); its tanh form is 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) ("Gaussian Error
// Linear Units", section 2).
constexpr double tanh_cubic = 0.044715;
constexpr double quick_rate = 1.702; // of quick_gelu
const double tanh_scale = std::sqrt(2.0 / std::numbers::pi);

template <typename Scalar>
Scalar value_at(Scalar x, Activation activation)
{
    switch (activation) {
    case Activation::relu:
        return std::max(x, Scalar(0));
    case Activation::gelu:
        return x * Scalar(0.5) * (Scalar(1) + std::erf(x * Scalar(std::numbers::sqrt2 / 2)));
    case Activation::gelu_tanh:
        return Scalar(0.5) * x *
               (Scalar(1) + std::tanh(Scalar(tanh_scale) * (x + Scalar(tanh_cubic) * x * x * x)));
    case Activation::silu:
        return x / (Scalar(1) + std::exp(-x));
    case Activation::quick_gelu:
        return x / (Scalar(1) + std::exp(-Scalar(quick_rate) * x));
    case Activation::mish:
        return x * std::tanh(std::log1p(std::exp(x)));
    case Activation::relu_squared:
        return x > Scalar(0) ? x * x : Scalar(0);
    case Activation::identity:
        break;
    }
    return x;
}

template <typename Scalar>
Scalar slope_at(Scalar x, Activation activation)
{
    switch (activation) {
    case Activation::relu:
        return x > Scalar(0) ? Scalar(1) : Scalar(0);
    case Activation::gelu: {
        const Scalar density =
            std::exp(-x * x / Scalar(2)) * Scalar(std::numbers::inv_sqrtpi / std::numbers::sqrt2);
        return Scalar(0.5) * (Scalar(1) + std::erf(x * Scalar(std::numbers::sqrt2 / 2))) + x * density;
    }
    case Activation::gelu_tanh: {
        const Scalar t = std::tanh(Scalar(tanh_scale) * (x + Scalar(tanh_cubic) * x * x * x));
        const Scalar inner = Scalar(tanh_scale) * (Scalar(1) + Scalar(3 * tanh_cubic) * x * x);
        return Scalar(0.5) * (Scalar(1) + t) + Scalar(0.5) * x * (Scalar(1) - t * t) * inner;
    }
    case Activation::silu: {
        const Scalar sigmoid = Scalar(1) / (Scalar(1) + std::exp(-x));
        return sigmoid * (Scalar(1) + x * (Scalar(1) - sigmoid));
    }
    case Activation::quick_gelu: {
        const Scalar sigmoid = Scalar(1) / (Scalar(1) + std::exp(-Scalar(quick_rate) * x));
        return sigmoid * (Scalar(1) + Scalar(quick_rate) * x * (Scalar(1) - sigmoid));
    }
    case Activation::mish: {
        const Scalar t = std::tanh(std::log1p(std::exp(x)));
        const Scalar sigmoid = Scalar(1) / (Scalar(1) + std::exp(-x));
        return t + x * (Scalar(1) - t * t) * sigmoid;
    }
    case Activation::relu_squared:
        return x > Scalar(0) ? Scalar(2) * x : Scalar(0);
    case Activation::identity:
        break;
    }
    return Scalar(1);
}

} // namespace

template <typename Scalar>
void normalize(const Eigen::Ref<const Rows<Scalar>> &x, float epsilon, NormTrace<Scalar> &trace)
{
    trace.normalized.resize(x.rows(), x.cols());
    trace.inverse_deviation.resize(x.rows());
    for (Index row = 0; row < x.rows(); ++row) {
        const Scalar mean = x.row(row).mean();
        auto normalized = trace.normalized.row(row);
        normalized = x.row(row).array() - mean;
        const Scalar variance = normalized.squaredNorm() / static_cast<Scalar>(x.cols());
        const Scalar inverse = Scalar(1) / std::sqrt(variance + Scalar(epsilon));
        trace.inverse_deviation(row) = inverse;
        normalized *= inverse;
    }
}

template <typename Scalar>
void layer_norm(const Rows<Scalar> &x, RowView<Scalar> gain, RowView<Scalar> bias, float epsilon,
                NormTrace<Scalar> &trace, Rows<Scalar> &result)
{
    normalize<Scalar>(x, epsilon, trace);
    result.resize(x.rows(), x.cols());
    for (Index row = 0; row < x.rows(); ++row)
        result.row(row) = trace.normalized.row(row).cwiseProduct(gain) + bias;
}

template <typename Scalar>
void layer_norm_backward(const NormTrace<Scalar> &trace, RowView<Scalar> gain, MutableRows<Scalar> gradient)
{
    for (Index row = 0; row < gradient.rows(); ++row) {
        auto g = gradient.row(row);
        const auto normalized = trace.normalized.row(row);
        g = g.cwiseProduct(gain).eval();
        const Scalar mean = g.mean();
        const Scalar along = g.dot(normalized) / static_cast<Scalar>(g.cols());
        g = ((g.array() - mean - normalized.array() * along) * trace.inverse_deviation(row)).matrix().eval();
    }
}

template <typename Scalar>
void layer_norm_backward(const NormTrace<Scalar> &trace, RowView<Scalar> gain, Rows<Scalar> &gradient,
                         MutableRowView<Scalar> gain_gradient, MutableRowView<Scalar> bias_gradient)
{
    for (Index row = 0; row < gradient.rows(); ++row) {
        gain_gradient += gradient.row(row).cwiseProduct(trace.normalized.row(row));
        bias_gradient += gradient.row(row);
    }
    layer_norm_backward<Scalar>(trace, gain, gradient);
}

template <typename Scalar>
void activate(const Rows<Scalar> &x, Activation activation, Rows<Scalar> &result)
{
    if (activation == Activation::relu)
        result = x.cwiseMax(Scalar(0));
    else
        result = x.unaryExpr([activation](Scalar value) { return value_at(value, activation); });
}

template <typename Scalar>
void activate_backward(const Rows<Scalar> &x, Activation activation, Rows<Scalar> &gradient)
{
    if (activation == Activation::relu)
        gradient.array() *= (x.array() > Scalar(0)).template cast<Scalar>();
    else
        gradient = gradient.cwiseProduct(
            x.unaryExpr([activation](Scalar value) { return slope_at(value, activation); }));
}

template <typename Scalar>
void softmax(MutableRows<Scalar> scores)
{
    for (Index row = 0; row < scores.rows(); ++row) {
        auto s = scores.row(row);
        const Scalar largest = s.maxCoeff();
        s = (s.array() - largest).exp();
        s *= Scalar(1) / s.sum();
    }
}

template <typename Scalar>
void softmax_backward(const Eigen::Ref<const Rows<Scalar>> &weights, MutableRows<Scalar> gradient)
{
    for (Index row = 0; row < weights.rows(); ++row) {
        const auto w = weights.row(row);
        auto g = gradient.row(row);
        const Scalar along = w.dot(g);
        g = (w.array() * (g.array() - along)).matrix().eval();
    }
}

template <typename Scalar>
void head_backward(const Head<Scalar> &head, Block<const Scalar> weights,
                   std::type_identity_t<Block<const Scalar>> output_gradient, Block<Scalar> scores,
                   const HeadGradient<Scalar> &gradient)
{
    const Scalar added(gradient.add ? 1 : 0);
    multiply(Operand::transposed, Operand::plain, head.keys, head.d_k, head.queries, Scalar(1), weights,
             output_gradient, added, gradient.value);
    multiply(Operand::plain, Operand::transposed, head.queries, head.keys, head.d_k, Scalar(1),
             output_gradient, head.value, Scalar(0), scores);
    using Strided = Eigen::OuterStride<>;
    Eigen::Map<Rows<Scalar>, 0, Strided> by_weights(scores.data, head.queries, head.keys,
                                                    Strided(scores.stride));
    if (head.penalty != Scalar(0)) {
        for (const Index key : head.penalized)
            by_weights.col(key).array() += head.penalty;
    }
    softmax_backward<Scalar>(Eigen::Map<const Rows<Scalar>, 0, Strided>(weights.data, head.queries, head.keys,
                                                                        Strided(weights.stride)),
                             by_weights);
    const Block<const Scalar> by_scores{scores.data, scores.stride};
    multiply(Operand::plain, Operand::plain, head.queries, head.d_k, head.keys, head.scale, by_scores,
             head.key, Scalar(0), gradient.query);
    multiply(Operand::transposed, Operand::plain, head.keys, head.d_k, head.queries, head.scale, by_scores,
             head.query, added, gradient.key);
}

#define ENCODERSCOPE_INSTANTIATE(Scalar)                                                                     \
    template void normalize(const Eigen::Ref<const Rows<Scalar>> &, float, NormTrace<Scalar> &);             \
    template void layer_norm_backward(const NormTrace<Scalar> &, RowView<Scalar>, MutableRows<Scalar>);      \
    template void head_backward(const Head<Scalar> &, Block<const Scalar>, Block<const Scalar>,              \
                                Block<Scalar>, const HeadGradient<Scalar> &);                                \
    template void layer_norm(const Rows<Scalar> &, RowView<Scalar>, RowView<Scalar>, float,                  \
                             NormTrace<Scalar> &, Rows<Scalar> &);                                           \
    template void layer_norm_backward(const NormTrace<Scalar> &, RowView<Scalar>, Rows<Scalar> &,            \
                                      MutableRowView<Scalar>, MutableRowView<Scalar>);                       \
    template void activate(const Rows<Scalar> &, Activation, Rows<Scalar> &);                                \
    template void activate_backward(const Rows<Scalar> &, Activation, Rows<Scalar> &);                       \
    template void softmax<Scalar>(MutableRows<Scalar>);                                                      \
    template void softmax_backward<Scalar>(const Eigen::Ref<const Rows<Scalar>> &, MutableRows<Scalar>);
ENCODERSCOPE_INSTANTIATE(float)
ENCODERSCOPE_INSTANTIATE(double)
#undef ENCODERSCOPE_INSTANTIATE

} // namespace encoderscope::gradients
