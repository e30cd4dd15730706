// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/machine_limits.h"

#include "engine/kernels/instruction_set.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace encoderscope
{

namespace
{

using Clock = std::chrono::steady_clock;

double seconds(Clock::duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

/// The shortest of several times that `threads` threads take to do `work(thread)` together.
template <typename Work>
double shortest_seconds(int threads, const Work &work)
{
    double shortest = 1e9;
    for (int attempt = 0; attempt < 7; ++attempt) {
        std::vector<std::jthread> others;
        const Clock::time_point start = Clock::now();
        for (int thread = 1; thread < threads; ++thread)
            others.emplace_back([&work, thread] { work(thread); });
        work(0);
        others.clear();
        shortest = std::min(shortest, seconds(Clock::now() - start));
    }
    return shortest;
}

constexpr long steps = 4'000'000;

#ifdef __x86_64__

__attribute__((target("avx512f"))) float multiply_add_avx512()
{
    __m512 sums[16];
    for (int i = 0; i < 16; ++i)
        sums[i] = _mm512_set1_ps(static_cast<float>(i));
    const __m512 factor = _mm512_set1_ps(0.999F);
    for (long step = 0; step < steps; ++step) {
#pragma GCC unroll 16
        for (int i = 0; i < 16; ++i)
            sums[i] = _mm512_fmadd_ps(sums[i], factor, factor);
    }
    float total = 0.0F;
    for (const __m512 &sum : sums)
        total += _mm512_cvtss_f32(sum);
    return total;
}

__attribute__((target("avx2,fma"))) float multiply_add_avx2()
{
    __m256 sums[12];
    for (int i = 0; i < 12; ++i)
        sums[i] = _mm256_set1_ps(static_cast<float>(i));
    const __m256 factor = _mm256_set1_ps(0.999F);
    for (long step = 0; step < steps; ++step) {
#pragma GCC unroll 12
        for (int i = 0; i < 12; ++i)
            sums[i] = _mm256_fmadd_ps(sums[i], factor, factor);
    }
    float total = 0.0F;
    for (const __m256 &sum : sums)
        total += _mm256_cvtss_f32(sum);
    return total;
}

bool uses_avx512()
{
    return kernels::instruction_set() == "avx512";
}

double operations_a_step()
{
    return uses_avx512() ? 16 * 16 * 2 : 12 * 8 * 2;
}

float multiply_add()
{
    return uses_avx512() ? multiply_add_avx512() : multiply_add_avx2();
}

#else

double operations_a_step()
{
    return 32 * 2;
}

float multiply_add()
{
    float sums[32] = {};
    for (long step = 0; step < steps; ++step) {
        for (float &sum : sums)
            sum = sum * 0.999F + 0.999F;
    }
    float total = 0.0F;
    for (const float sum : sums)
        total += sum;
    return total;
}

#endif

} // namespace

double measured_peak(int threads)
{
    volatile float kept = 0.0F;
    const double time = shortest_seconds(threads, [&kept](int thread) {
        const float total = multiply_add();
        if (thread == 0)
            kept = total;
    });
    return operations_a_step() * static_cast<double>(steps) * threads / time;
}

double measured_bandwidth(std::size_t bytes, int threads)
{
    const std::vector<long> memory(bytes / sizeof(long), 1);
    const std::size_t share = memory.size() / static_cast<std::size_t>(threads);
    const int rounds = static_cast<int>(std::max<std::size_t>(1, (std::size_t{400} << 20U) / bytes));
    volatile long kept = 0;
    const double time = shortest_seconds(threads, [&](int thread) {
        const long *begin = memory.data() + share * static_cast<std::size_t>(thread);
        long total = 0;
        for (int round = 0; round < rounds; ++round) {
            long sums[16] = {};
            for (std::size_t i = 0; i + 16 <= share; i += 16) {
                for (std::size_t lane = 0; lane < 16; ++lane)
                    sums[lane] += begin[i + lane];
            }
            for (const long sum : sums)
                total += sum;
            asm volatile("" : : : "memory"); // each round reads again
        }
        if (thread == 0)
            kept = total;
    });
    return static_cast<double>(bytes) * rounds / time;
}

} // namespace encoderscope
