// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/adamw.h"

#include <cmath>
#include <numeric>

namespace encoderscope
{

namespace
{

// Pieces of a size of their own, whatever the number of threads: sums come out the same.
constexpr Index piece_size = 1 << 16;

template <typename Job>
void in_pieces(Index size, kernels::Workers &workers, const Job &job)
{
    const auto pieces = static_cast<std::size_t>((size + piece_size - 1) / piece_size);
    workers.run(pieces, [&](std::size_t piece, std::size_t) {
        const Index begin = static_cast<Index>(piece) * piece_size;
        job(piece, begin, std::min(piece_size, size - begin));
    });
}

} // namespace

double sum_gradients(std::vector<ParameterVector> &parts, int count, kernels::Workers &workers)
{
    ParameterVector &sum = parts.front();
    std::vector<double> squares(static_cast<std::size_t>(sum.size() / piece_size + 1));
    in_pieces(sum.size(), workers, [&](std::size_t piece, Index begin, Index size) {
        auto segment = sum.segment(begin, size);
        for (int part = 1; part < count; ++part)
            segment += parts[static_cast<std::size_t>(part)].segment(begin, size);
        squares[piece] = segment.squaredNorm();
    });
    return std::sqrt(std::accumulate(squares.begin(), squares.end(), 0.0));
}

void adamw_step(const ParameterLayout &layout, const AdamWSettings &settings, int step, float rate,
                const ParameterVector &gradient, float gradient_scale, AdamWState &state,
                ParameterVector &parameters, kernels::Workers &workers)
{
    for (const Slot &slot : layout.all_slots) {
        if (slot.decays)
            parameters.segment(slot.offset, slot.size()) *= 1.0F - rate * settings.weight_decay;
    }
    const double correction1 = 1.0 - std::pow(static_cast<double>(settings.beta1), step);
    const double correction2 = 1.0 - std::pow(static_cast<double>(settings.beta2), step);
    const auto size = static_cast<float>(rate / correction1);
    const auto square_scale = static_cast<float>(1.0 / correction2);
    in_pieces(layout.size, workers, [&](std::size_t, Index begin, Index count) {
        const auto g = gradient.segment(begin, count).array() * gradient_scale;
        auto mean = state.mean.segment(begin, count).array();
        auto square = state.square.segment(begin, count).array();
        mean = settings.beta1 * mean + (1.0F - settings.beta1) * g;
        square = settings.beta2 * square + (1.0F - settings.beta2) * g * g;
        parameters.segment(begin, count).array() -=
            size * mean / ((square * square_scale).sqrt() + settings.epsilon);
    });
}

} // namespace encoderscope
