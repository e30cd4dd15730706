// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/targets.h"

#include "engine/kernels/elementwise.h"

#include "engine/kernels/instruction_set.h"
#include "engine/kernels/workers.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/kernels/elementwise.cpp"
#include <hwy/foreach_target.h>

#include "engine/kernels/elementwise-inl.h"

#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace encoderscope::kernels
{
namespace HWY_NAMESPACE
{

inline void entropies_of_rows(const ConstRows &weights, float *to)
{
    const FloatTag d;
    const auto term = [d](Float weight) HWY_ATTR {
        const Float product = hn::Mul(weight, hn::Log2(d, weight));
        // Log2 promises nothing of 0; Highway 1.0 to 1.2 happen to give -152.
        return hn::IfThenZeroElse(hn::Eq(weight, hn::Zero(d)), product);
    };
    for (std::size_t row = 0; row < weights.rows; ++row)
        to[row] = 0.0F - sum_row(weights.row(row), weights.columns, term);
}

} // namespace HWY_NAMESPACE
} // namespace encoderscope::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace encoderscope::kernels
{

HWY_EXPORT(activate_rows);
HWY_EXPORT(activate_backward_rows);
HWY_EXPORT(multiply_elements_of_rows);
HWY_EXPORT(normalize_rows);
HWY_EXPORT(normalize_rows_by_root_mean_square);
HWY_EXPORT(softmax_rows);
HWY_EXPORT(entropies_of_rows);

namespace
{

/// Calls rows(first, count) for pieces of `rows` rows on all worker threads, or here when they are few.
template <typename Function>
void in_rows(const ConstRows &of, const std::stop_token &stop, const Function &function)
{
    constexpr std::size_t floats_per_piece = 1U << 13U;
    const std::size_t wanted = of.rows * of.columns / floats_per_piece;
    const std::size_t pieces = std::clamp<std::size_t>(wanted, 1, std::max<std::size_t>(of.rows, 1));
    const auto run_piece = [&](std::size_t piece, std::size_t) {
        const std::size_t first = of.rows * piece / pieces;
        function(first, of.rows * (piece + 1) / pieces - first);
    };
    run_chunks(pieces, run_piece, stop);
}

ConstRows some(const ConstRows &all, std::size_t first, std::size_t count)
{
    return {all.row(first), count, all.columns, all.stride};
}

Rows some(const Rows &all, std::size_t first, std::size_t count)
{
    return {all.row(first), count, all.columns, all.stride};
}

} // namespace

void activate(const ConstRows &from, const Rows &to, Curve curve, const std::stop_token &stop)
{
    ensure_instruction_set();
    const auto rows = HWY_DYNAMIC_DISPATCH(activate_rows);
    in_rows(from, stop, [&](std::size_t first, std::size_t count) {
        rows(some(from, first, count), some(to, first, count), curve);
    });
}

void activate_backward(const ConstRows &x, const Rows &gradient, Curve curve, const std::stop_token &stop)
{
    ensure_instruction_set();
    const auto rows = HWY_DYNAMIC_DISPATCH(activate_backward_rows);
    in_rows(x, stop, [&](std::size_t first, std::size_t count) {
        rows(some(x, first, count), some(gradient, first, count), curve);
    });
}

void multiply_elements(const ConstRows &a, const ConstRows &b, const Rows &to, const std::stop_token &stop)
{
    ensure_instruction_set();
    const auto rows = HWY_DYNAMIC_DISPATCH(multiply_elements_of_rows);
    in_rows(a, stop, [&](std::size_t first, std::size_t count) {
        rows(some(a, first, count), some(b, first, count), some(to, first, count));
    });
}

void normalize(const ConstRows &from, const float *gain, const float *bias, float epsilon, const Rows &to,
               const std::stop_token &stop)
{
    ensure_instruction_set();
    const auto rows = HWY_DYNAMIC_DISPATCH(normalize_rows);
    in_rows(from, stop, [&](std::size_t first, std::size_t count) {
        rows(some(from, first, count), gain, bias, epsilon, some(to, first, count));
    });
}

void normalize_by_root_mean_square(const ConstRows &from, const float *gain, float epsilon, const Rows &to,
                                   const std::stop_token &stop)
{
    ensure_instruction_set();
    const auto rows = HWY_DYNAMIC_DISPATCH(normalize_rows_by_root_mean_square);
    in_rows(from, stop, [&](std::size_t first, std::size_t count) {
        rows(some(from, first, count), gain, epsilon, some(to, first, count));
    });
}

void softmax(const Rows &scores, float factor, std::span<const std::size_t> masked,
             const std::stop_token &stop)
{
    ensure_instruction_set();
    const auto rows = HWY_DYNAMIC_DISPATCH(softmax_rows);
    in_rows(scores, stop,
            [&](std::size_t first, std::size_t count) { rows(some(scores, first, count), factor, masked); });
}

void entropies(const ConstRows &weights, float *to)
{
    ensure_instruction_set();
    HWY_DYNAMIC_DISPATCH(entropies_of_rows)(weights, to);
}

} // namespace encoderscope::kernels
#endif
