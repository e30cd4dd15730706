// SPDX-License-Identifier: GPL-3.0-or-later
// exp, erf and the activations on vectors, compiled once per instruction set.

#if defined(ENCODERSCOPE_VECTOR_MATH_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ENCODERSCOPE_VECTOR_MATH_INL_H
#undef ENCODERSCOPE_VECTOR_MATH_INL_H
#else
#define ENCODERSCOPE_VECTOR_MATH_INL_H
#endif

#include "engine/kernels/elementwise.h"
#include "engine/kernels/vectors-inl.h"

HWY_BEFORE_NAMESPACE();
namespace encoderscope::kernels
{
namespace HWY_NAMESPACE
{

/// c[0] + c[1] x + c[2] x² ...
template <std::size_t count>
HWY_INLINE Float polynomial(Float x, const float (&c)[count])
{
    const FloatTag d;
    Float sum = hn::Set(d, c[count - 1]);
#pragma GCC unroll 16
    for (std::size_t i = count - 1; i > 0; --i)
        sum = hn::MulAdd(sum, x, hn::Set(d, c[i - 1]));
    return sum;
}

/// e^x, to 2e-7 of its value; 0 below -87.3, about 2e38 above 88; NaN of NaN.
HWY_INLINE Float exponential(Float x)
{
    const FloatTag d;
    const hn::RebindToSigned<FloatTag> di;
    // e^x = 2^n e^r, r within half of ln 2. Adding 1.5 * 2^23 rounds to an integer in the low bits; ln 2 in
    // two parts keeps r exact.
    const Float lowest = hn::Set(d, -87.3F);
    const Float rounding = hn::Set(d, 12582912.0F);
    const Float limited = hn::Min(hn::Max(x, lowest), hn::Set(d, 88.0F));
    const Float shifted = hn::MulAdd(limited, hn::Set(d, 1.44269504F), rounding);
    const Float n = hn::Sub(shifted, rounding);
    Float r = hn::NegMulAdd(n, hn::Set(d, 0.693359375F), limited);
    r = hn::NegMulAdd(n, hn::Set(d, -2.12194440e-4F), r);
    // Fitted to e^r with the least greatest relative error, 3e-9.
    constexpr float c[] = {1.0F,           1.0F,           0.49999993435F, 0.16666520457F,
                           0.04166839045F, 0.00836873827F, 0.00138145296F};
    const auto exponent = hn::ShiftLeft<23>(hn::BitCast(di, shifted));
    const Float power = hn::BitCast(d, hn::Add(hn::BitCast(di, polynomial(r, c)), exponent));
    return hn::IfThenElse(hn::Ge(x, lowest), power, hn::IfThenZeroElse(hn::Lt(x, lowest), x));
}

/// 2^t of t up to 0, to 2e-7 of its value; 0 below -126; NaN of NaN.
HWY_INLINE Float power_of_two(Float t)
{
    const FloatTag d;
    const hn::RebindToSigned<FloatTag> di;
    // 2^n 2^r, r within a half. Adding 1.5 * 2^23 + 127 rounds to an integer: n, counted as exponents are,
    // in the low bits.
    const Float rounding = hn::Set(d, 12583039.0F);
    const Float shifted = hn::Add(t, rounding);
    const Float r = hn::Sub(t, hn::Sub(shifted, rounding));
    // Fitted to 2^r with the least greatest relative error, 9e-8; exact at 0.
    constexpr float c[] = {1.0F,           0.69314700373F, 0.24022242427F,
                           0.05550733581F, 0.00967151299F, 0.00132647273F};
    const Float whole = hn::BitCast(d, hn::ShiftLeft<23>(hn::BitCast(di, shifted)));
    return hn::IfThenZeroElse(hn::Lt(t, hn::Set(d, -126.0F)), hn::Mul(polynomial(r, c), whole));
}

/// erf(x), to 5e-7.
HWY_INLINE Float error_function(Float x)
{
    const FloatTag d;
    // x P(x²) / Q(x²), fitted with the least greatest error, 1.8e-8, up to 3.95, where erf is 1 - 2.3e-8.
    const Float limit = hn::Set(d, 3.95F);
    const Float square = hn::Mul(x, x);
    constexpr float p[] = {1.1283790062F,    0.19403588881F,    0.053207089565F,
                           0.0039173283504F, 0.00028760119490F, 2.0117441963e-6F};
    constexpr float q[] = {
        1.0F, 0.50529131662F, 0.11559083828F, 0.015270721285F, 0.0011982041198F, 3.7839759674e-5F};
    const Float inside = hn::Div(hn::Mul(x, polynomial(square, p)), polynomial(square, q));
    const Float outside = hn::CopySign(hn::Set(d, 1.0F), x);
    return hn::IfThenElse(hn::Gt(hn::Abs(x), limit), outside, inside);
}

/// x / (1 + e^-t)
HWY_INLINE Float gated(Float x, Float t)
{
    const FloatTag d;
    return hn::Div(x, hn::Add(hn::Set(d, 1.0F), exponential(hn::Neg(t))));
}

/// tanh(ln(1 + e^x)), which is w / (w + 2) with w = e^2x + 2 e^x, for x of at most 20.
HWY_INLINE Float mish_factor(Float e)
{
    const FloatTag d;
    const Float two = hn::Set(d, 2.0F);
    const Float w = hn::Mul(e, hn::Add(e, two));
    return hn::Div(w, hn::Add(w, two));
}

template <Curve curve>
HWY_INLINE Float activation(Float x)
{
    const FloatTag d;
    if constexpr (curve == Curve::relu) {
        return hn::IfThenZeroElse(hn::Lt(x, hn::Zero(d)), x);
    } else if constexpr (curve == Curve::gelu) {
        const Float half = hn::Mul(x, hn::Set(d, 0.5F));
        return hn::MulAdd(half, error_function(hn::Mul(x, hn::Set(d, 0.70710678F))), half);
    } else if constexpr (curve == Curve::gelu_tanh) {
        // x/2 (1 + tanh(t)) = x / (1 + e^-2t), t = sqrt(2/pi) (x + 0.044715 x³)
        const Float square = hn::Mul(x, x);
        const Float twice_t =
            hn::Mul(hn::Set(d, 1.59576912F), hn::MulAdd(hn::Mul(square, hn::Set(d, 0.044715F)), x, x));
        return gated(x, twice_t);
    } else if constexpr (curve == Curve::quick_gelu) {
        return gated(x, hn::Mul(x, hn::Set(d, 1.702F)));
    } else if constexpr (curve == Curve::mish) {
        return hn::Mul(x, mish_factor(exponential(hn::Min(x, hn::Set(d, 20.0F)))));
    } else if constexpr (curve == Curve::relu_squared) {
        const Float above = hn::IfThenZeroElse(hn::Lt(x, hn::Zero(d)), x);
        return hn::Mul(above, above);
    } else if constexpr (curve == Curve::silu) {
        return gated(x, x);
    } else {
        return x;
    }
}

/// s + x s (1 - s) t', s the logistic function of t: the slope of x s.
HWY_INLINE Float gated_slope(Float x, Float t, Float t_slope)
{
    const FloatTag d;
    const Float one = hn::Set(d, 1.0F);
    const Float s = gated(one, t);
    return hn::MulAdd(hn::Mul(x, hn::Mul(s, hn::Sub(one, s))), t_slope, s);
}

/// The derivative of the activation; NaN of NaN. That of relu is 0 at 0.
template <Curve curve>
HWY_INLINE Float slope(Float x)
{
    const FloatTag d;
    const Float one = hn::Set(d, 1.0F);
    if constexpr (curve == Curve::relu) {
        return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), one, hn::IfThenZeroElse(hn::Le(x, hn::Zero(d)), x));
    } else if constexpr (curve == Curve::relu_squared) {
        const Float above = hn::IfThenZeroElse(hn::Lt(x, hn::Zero(d)), x);
        return hn::Add(above, above);
    } else if constexpr (curve == Curve::identity) {
        return hn::IfThenElse(hn::Eq(x, x), one, x);
    } else {
        // Farther out the slope is 0 or 1 to the last bit, and squares could be infinite.
        const Float limit = hn::Set(d, curve == Curve::silu         ? 80.0F
                                       : curve == Curve::quick_gelu ? 47.0F
                                       : curve == Curve::mish       ? 20.0F
                                                                    : 12.0F);
        const Float near = hn::Min(hn::Max(x, hn::Neg(limit)), limit);
        Float result = one;
        if constexpr (curve == Curve::gelu) {
            const Float half = hn::Set(d, 0.5F);
            const Float cumulative =
                hn::MulAdd(half, error_function(hn::Mul(near, hn::Set(d, 0.70710678F))), half);
            const Float density = hn::Mul(exponential(hn::Mul(hn::Mul(near, near), hn::Set(d, -0.5F))),
                                          hn::Set(d, 0.39894228F));
            result = hn::MulAdd(near, density, cumulative);
        } else if constexpr (curve == Curve::gelu_tanh) {
            const Float square = hn::Mul(near, near);
            const Float factor = hn::Set(d, 1.59576912F);
            const Float t = hn::Mul(factor, hn::MulAdd(hn::Mul(square, hn::Set(d, 0.044715F)), near, near));
            const Float t_slope = hn::Mul(factor, hn::MulAdd(square, hn::Set(d, 0.134145F), one));
            result = gated_slope(near, t, t_slope);
        } else if constexpr (curve == Curve::quick_gelu) {
            const Float rate = hn::Set(d, 1.702F);
            result = gated_slope(near, hn::Mul(near, rate), rate);
        } else if constexpr (curve == Curve::mish) {
            // With w as above, tanh(ln(1 + e^x))' = 4 (e^2x + e^x) / (w + 2)².
            const Float e = exponential(near);
            const Float two = hn::Set(d, 2.0F);
            const Float below = hn::Add(hn::Mul(e, hn::Add(e, two)), two);
            const Float rise =
                hn::Div(hn::Mul(hn::Set(d, 4.0F), hn::Mul(e, hn::Add(e, one))), hn::Mul(below, below));
            result = hn::MulAdd(near, rise, mish_factor(e));
        } else {
            result = gated_slope(near, near, one);
        }
        return hn::IfThenElse(hn::Eq(x, x), result, x);
    }
}

} // namespace HWY_NAMESPACE
} // namespace encoderscope::kernels
HWY_AFTER_NAMESPACE();

#endif
