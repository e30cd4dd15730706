// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to rows element by element, compiled once per instruction set.

#if defined(ENCODERSCOPE_ELEMENTWISE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ENCODERSCOPE_ELEMENTWISE_INL_H
#undef ENCODERSCOPE_ELEMENTWISE_INL_H
#else
#define ENCODERSCOPE_ELEMENTWISE_INL_H
#endif

#include "engine/kernels/strided.h"
#include "engine/kernels/vector_math-inl.h"

#include <cmath>
#include <limits>
#include <span>

HWY_BEFORE_NAMESPACE();
namespace encoderscope::kernels
{
namespace HWY_NAMESPACE
{

/// The `count` < lanes floats at `from`, and `filler` after them.
HWY_INLINE Float load_some(const float *from, std::size_t count, float filler)
{
    HWY_ALIGN float all[lanes];
    for (std::size_t i = 0; i < lanes; ++i)
        all[i] = i < count ? from[i] : filler;
    return hn::Load(FloatTag(), all);
}

HWY_INLINE void store_some(Float x, float *to, std::size_t count)
{
    HWY_ALIGN float all[lanes];
    hn::Store(x, FloatTag(), all);
    for (std::size_t i = 0; i < count; ++i)
        to[i] = all[i];
}

/// The activation of `count` numbers; `to` may be `from`.
template <Curve curve>
inline void activate_row(const float *from, float *to, std::size_t count)
{
    const FloatTag d;
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes)
        hn::StoreU(activation<curve>(hn::LoadU(d, from + i)), d, to + i);
    if (i < count)
        store_some(activation<curve>(load_some(from + i, count - i, 0.0F)), to + i, count - i);
}

inline void activate_rows(const ConstRows &from, const Rows &to, Curve curve)
{
    for (std::size_t row = 0; row < from.rows; ++row) {
        switch (curve) {
        case Curve::relu:
            activate_row<Curve::relu>(from.row(row), to.row(row), from.columns);
            break;
        case Curve::gelu:
            activate_row<Curve::gelu>(from.row(row), to.row(row), from.columns);
            break;
        case Curve::gelu_tanh:
            activate_row<Curve::gelu_tanh>(from.row(row), to.row(row), from.columns);
            break;
        case Curve::silu:
            activate_row<Curve::silu>(from.row(row), to.row(row), from.columns);
            break;
        case Curve::quick_gelu:
            activate_row<Curve::quick_gelu>(from.row(row), to.row(row), from.columns);
            break;
        case Curve::mish:
            activate_row<Curve::mish>(from.row(row), to.row(row), from.columns);
            break;
        case Curve::relu_squared:
            activate_row<Curve::relu_squared>(from.row(row), to.row(row), from.columns);
            break;
        case Curve::identity:
            activate_row<Curve::identity>(from.row(row), to.row(row), from.columns);
            break;
        }
    }
}

/// gradient *= slope(x) for `count` numbers.
template <Curve curve>
inline void activate_backward_row(const float *x, float *gradient, std::size_t count)
{
    const FloatTag d;
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes)
        hn::StoreU(hn::Mul(hn::LoadU(d, gradient + i), slope<curve>(hn::LoadU(d, x + i))), d, gradient + i);
    if (i < count)
        store_some(hn::Mul(load_some(gradient + i, count - i, 0.0F),
                           slope<curve>(load_some(x + i, count - i, 0.0F))),
                   gradient + i, count - i);
}

inline void activate_backward_rows(const ConstRows &x, const Rows &gradient, Curve curve)
{
    for (std::size_t row = 0; row < x.rows; ++row) {
        switch (curve) {
        case Curve::relu:
            activate_backward_row<Curve::relu>(x.row(row), gradient.row(row), x.columns);
            break;
        case Curve::gelu:
            activate_backward_row<Curve::gelu>(x.row(row), gradient.row(row), x.columns);
            break;
        case Curve::gelu_tanh:
            activate_backward_row<Curve::gelu_tanh>(x.row(row), gradient.row(row), x.columns);
            break;
        case Curve::silu:
            activate_backward_row<Curve::silu>(x.row(row), gradient.row(row), x.columns);
            break;
        case Curve::quick_gelu:
            activate_backward_row<Curve::quick_gelu>(x.row(row), gradient.row(row), x.columns);
            break;
        case Curve::mish:
            activate_backward_row<Curve::mish>(x.row(row), gradient.row(row), x.columns);
            break;
        case Curve::relu_squared:
            activate_backward_row<Curve::relu_squared>(x.row(row), gradient.row(row), x.columns);
            break;
        case Curve::identity:
            activate_backward_row<Curve::identity>(x.row(row), gradient.row(row), x.columns);
            break;
        }
    }
}

inline void add_rows(const ConstRows &a, const ConstRows &b, const Rows &to)
{
    const FloatTag d;
    for (std::size_t row = 0; row < to.rows; ++row) {
        const float *x = a.row(row);
        const float *y = b.row(row);
        float *sum = to.row(row);
        std::size_t i = 0;
        for (; i + lanes <= to.columns; i += lanes)
            hn::StoreU(hn::Add(hn::LoadU(d, x + i), hn::LoadU(d, y + i)), d, sum + i);
        for (; i < to.columns; ++i)
            sum[i] = x[i] + y[i];
    }
}

inline void multiply_elements_of_rows(const ConstRows &a, const ConstRows &b, const Rows &to)
{
    const FloatTag d;
    for (std::size_t row = 0; row < to.rows; ++row) {
        const float *x = a.row(row);
        const float *y = b.row(row);
        float *product = to.row(row);
        std::size_t i = 0;
        for (; i + lanes <= to.columns; i += lanes)
            hn::StoreU(hn::Mul(hn::LoadU(d, x + i), hn::LoadU(d, y + i)), d, product + i);
        for (; i < to.columns; ++i)
            product[i] = x[i] * y[i];
    }
}

/// The sum of term(x) over the row.
template <typename Term>
HWY_INLINE float sum_row(const float *row, std::size_t count, const Term &term)
{
    const FloatTag d;
    Float sums[2] = {hn::Zero(d), hn::Zero(d)};
    std::size_t i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes) {
        sums[0] = hn::Add(sums[0], term(hn::LoadU(d, row + i)));
        sums[1] = hn::Add(sums[1], term(hn::LoadU(d, row + i + lanes)));
    }
    if (i + lanes <= count) {
        sums[0] = hn::Add(sums[0], term(hn::LoadU(d, row + i)));
        i += lanes;
    }
    HWY_ALIGN float terms[lanes];
    float rest = 0.0F;
    if (i < count) {
        const std::size_t some = count - i;
        hn::Store(term(load_some(row + i, some, 0.0F)), d, terms);
        for (std::size_t j = 0; j < some; ++j)
            rest += terms[j];
    }
    return hn::GetLane(hn::SumOfLanes(d, hn::Add(sums[0], sums[1]))) + rest;
}

inline void normalize_rows(const ConstRows &from, const float *gain, const float *bias, float epsilon,
                           const Rows &to)
{
    const FloatTag d;
    const auto count = static_cast<float>(from.columns);
    for (std::size_t row = 0; row < from.rows; ++row) {
        const float *x = from.row(row);
        float *y = to.row(row);
        const float mean = sum_row(x, from.columns, [](Float v) HWY_ATTR { return v; }) / count;
        const Float means = hn::Set(d, mean);
        const float variance = sum_row(x, from.columns,
                                       [means](Float v) HWY_ATTR {
                                           const Float centred = hn::Sub(v, means);
                                           return hn::Mul(centred, centred);
                                       }) /
                               count;
        const float scale = 1.0F / std::sqrt(variance + epsilon);
        const Float scales = hn::Set(d, scale);
        std::size_t i = 0;
        if (!bias) {
            for (; i + lanes <= from.columns; i += lanes) {
                const Float scaled = hn::Mul(hn::Sub(hn::LoadU(d, x + i), means), scales);
                hn::StoreU(hn::Mul(scaled, hn::LoadU(d, gain + i)), d, y + i);
            }
            for (; i < from.columns; ++i)
                y[i] = (x[i] - mean) * scale * gain[i];
            continue;
        }
        for (; i + lanes <= from.columns; i += lanes) {
            const Float scaled = hn::Mul(hn::Sub(hn::LoadU(d, x + i), means), scales);
            hn::StoreU(hn::MulAdd(scaled, hn::LoadU(d, gain + i), hn::LoadU(d, bias + i)), d, y + i);
        }
        for (; i < from.columns; ++i)
            y[i] = (x[i] - mean) * scale * gain[i] + bias[i];
    }
}

inline void normalize_rows_by_root_mean_square(const ConstRows &from, const float *gain, float epsilon,
                                               const Rows &to)
{
    const FloatTag d;
    for (std::size_t row = 0; row < from.rows; ++row) {
        const float *x = from.row(row);
        float *y = to.row(row);
        const float squares = sum_row(x, from.columns, [](Float v) HWY_ATTR { return hn::Mul(v, v); });
        const float scale = 1.0F / std::sqrt(squares / static_cast<float>(from.columns) + epsilon);
        const Float scales = hn::Set(d, scale);
        std::size_t i = 0;
        for (; i + lanes <= from.columns; i += lanes)
            hn::StoreU(hn::Mul(hn::Mul(hn::LoadU(d, x + i), scales), hn::LoadU(d, gain + i)), d, y + i);
        for (; i < from.columns; ++i)
            y[i] = x[i] * scale * gain[i];
    }
}

/// The greatest of `count` numbers in each lane.
HWY_INLINE Float greatest_of_row(const float *row, std::size_t count)
{
    constexpr float lowest = -std::numeric_limits<float>::infinity();
    const FloatTag d;
    Float greatest[2] = {hn::Set(d, lowest), hn::Set(d, lowest)};
    std::size_t i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes) {
        greatest[0] = hn::Max(greatest[0], hn::LoadU(d, row + i));
        greatest[1] = hn::Max(greatest[1], hn::LoadU(d, row + i + lanes));
    }
    for (; i + lanes <= count; i += lanes)
        greatest[0] = hn::Max(greatest[0], hn::LoadU(d, row + i));
    if (i < count)
        greatest[1] = hn::Max(greatest[1], load_some(row + i, count - i, lowest));
    return hn::MaxOfLanes(d, hn::Max(greatest[0], greatest[1]));
}

/// e^(factor (x - greatest)) in the place of each of `count` scores x, `factor` above 0: softmax but for the
/// division by their sum, which is returned. Scores of -infinity become 0, beside another one.
inline float exponentials_of_row(float *row, std::size_t count, float factor)
{
    constexpr float lowest = -std::numeric_limits<float>::infinity();
    const FloatTag d;
    const Float greatest = greatest_of_row(row, count);
    const Float factors = hn::Set(d, factor * 1.44269504F); // times log2 e
    const auto power = [&](Float x) HWY_ATTR { return power_of_two(hn::Mul(hn::Sub(x, greatest), factors)); };
    Float sums[2] = {hn::Zero(d), hn::Zero(d)};
    std::size_t i = 0;
    for (; i + 2 * lanes <= count; i += 2 * lanes) {
        const Float e[2] = {power(hn::LoadU(d, row + i)), power(hn::LoadU(d, row + i + lanes))};
        hn::StoreU(e[0], d, row + i);
        hn::StoreU(e[1], d, row + i + lanes);
        sums[0] = hn::Add(sums[0], e[0]);
        sums[1] = hn::Add(sums[1], e[1]);
    }
    for (; i + lanes <= count; i += lanes) {
        const Float e = power(hn::LoadU(d, row + i));
        hn::StoreU(e, d, row + i);
        sums[0] = hn::Add(sums[0], e);
    }
    if (i < count) {
        const Float e = power(load_some(row + i, count - i, lowest));
        store_some(e, row + i, count - i);
        sums[1] = hn::Add(sums[1], e);
    }
    return hn::GetLane(hn::SumOfLanes(d, hn::Add(sums[0], sums[1])));
}

/// to = from * factor; `to` may be `from`.
inline void scale_row(const float *from, float factor, float *to, std::size_t count)
{
    const FloatTag d;
    const Float factors = hn::Set(d, factor);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes)
        hn::StoreU(hn::Mul(hn::LoadU(d, from + i), factors), d, to + i);
    for (; i < count; ++i)
        to[i] = from[i] * factor;
}

/// Softmax of `count` scores times `factor`, above 0; the masked ones become 0.
inline void softmax_row(float *row, std::size_t count, float factor, std::span<const std::size_t> masked)
{
    for (const std::size_t column : masked)
        row[column] = -std::numeric_limits<float>::infinity();
    scale_row(row, 1.0F / exponentials_of_row(row, count, factor), row, count);
    for (const std::size_t column : masked)
        row[column] = 0.0F;
}

/// softmax_row of each row; zeros when every column is masked.
inline void softmax_rows(const Rows &scores, float factor, std::span<const std::size_t> masked)
{
    for (std::size_t row = 0; row < scores.rows; ++row) {
        if (masked.size() < scores.columns) {
            softmax_row(scores.row(row), scores.columns, factor, masked);
        } else {
            for (std::size_t i = 0; i < scores.columns; ++i)
                scores.row(row)[i] = 0.0F;
        }
    }
}

} // namespace HWY_NAMESPACE
} // namespace encoderscope::kernels
HWY_AFTER_NAMESPACE();

#endif
