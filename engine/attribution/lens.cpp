// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/lens.h"

#include "engine/attribution/head_scores.h"
#include "engine/error.h"
#include "engine/forward/operations.h"
#include "engine/kernels/workers.h"

#include <QCoreApplication>

#include <cmath>

namespace encoderscope
{

Lens lens(const Trace &trace, std::optional<int> piece, const LensMaps *maps, const std::stop_token &stop,
          const OnProgress &progress)
{
    const auto &head = trace.model().output.masked_word;
    if (!head)
        throw Error(QCoreApplication::translate("Predictions", "The model %1 has no masked-word prediction.")
                        .arg(trace.model().name));
    if (piece && (*piece < 0 || *piece >= head->decoder.rows()))
        throw Error(QCoreApplication::translate("Attribution",
                                                "There is no piece with the id %1: the vocabulary has %2.")
                        .arg(*piece)
                        .arg(head->decoder.rows()));
    const Index n = trace.tokens();
    const Index states = trace.layers() + 1;
    const float epsilon = trace.config().norm_epsilon;
    Lens result;
    result.best.resize(states, n);
    result.best_probability.resize(states, n);
    if (piece) {
        result.piece_probability.resize(states, n);
        result.rank.resize(states, n);
    }
    constexpr Index rows_at_once = 16; // their logits stay near
    for (Index state = 0; state < states; ++state) {
        const Matrix &hidden = trace.hidden(static_cast<int>(state) - 1);
        const Linear *map =
            maps && state + 1 < states ? &maps->states[static_cast<std::size_t>(state)] : nullptr;
        const auto some = [&](std::size_t chunk, std::size_t) {
            const Index first = static_cast<Index>(chunk) * rows_at_once;
            const Index rows = std::min(rows_at_once, n - first);
            Matrix read = hidden.middleRows(first, rows);
            if (map)
                read = linear(read, *map);
            if (!trace.model().weights.final_norm.gain.empty())
                read = layer_norm(read, trace.model().weights.final_norm, epsilon);
            const Matrix logits = WordScores(*head, epsilon, read).logits();
            for (Index row = 0; row < rows; ++row) {
                const auto of_token = logits.row(row);
                Index best = 0;
                const float greatest = of_token.maxCoeff(&best);
                const float sum = (of_token.array() - greatest).exp().sum();
                result.best(state, first + row) = static_cast<int>(best);
                result.best_probability(state, first + row) = 1.0F / sum;
                if (piece) {
                    result.piece_probability(state, first + row) =
                        std::exp(of_token(*piece) - greatest) / sum;
                    result.rank(state, first + row) =
                        static_cast<int>((of_token.array() > of_token(*piece)).count());
                }
            }
        };
        kernels::run_chunks(static_cast<std::size_t>((n + rows_at_once - 1) / rows_at_once), some, stop);
        if (stop.stop_requested())
            return {};
        if (progress)
            progress(static_cast<double>(state + 1) / static_cast<double>(states));
    }
    return result;
}

} // namespace encoderscope
