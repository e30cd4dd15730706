// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/integrated_gradients.h"
#include "engine/attribution/sweep.h"
#include "engine/forward/encoder.h"
#include "tests/bench/bench_commands.h"

using namespace encoderscope;

namespace
{

constexpr SweepParts heads_only{.sublayers = false, .tokens = false, .positions = false};

/// One number of the last hidden state of token 3. Not its length: after a layer norm without gain that is
/// the same whatever the input, and gradients and changes would be nothing but rounding.
Target target_of(const BenchModel &made)
{
    return {
        .kind = Target::Kind::hidden_element, .token = 3, .index = 7, .layer = made.model->config.layers - 1};
}

TracePtr run(const BenchModel &made)
{
    return run_encoder(made.model, made.encoding);
}

void print_numbers(const BenchModel &made)
{
    const TracePtr trace = run(made);
    const Target target = target_of(made);
    const TraceGradients gradients = target_gradients(target, *trace);
    const IntegratedGradients integrated = integrated_gradients(target, *trace, Baseline::zero, 50);
    const Sweep swept = sweep(target, *trace, heads_only);
    std::cout.precision(9);
    std::cout << swept.value << ' ' << gradients.hidden.front().norm() << ' ' << integrated.scores.sum();
    for (const double change : swept.heads.reshaped<Eigen::RowMajor>())
        std::cout << ' ' << swept.value + change;
}

} // namespace

// tests/bench/why.py sends these commands, in turn with the same to PyTorch:
//
//     gradient MILLISECONDS              a run and the target's gradient -> microseconds of each
//     backward MILLISECONDS              the gradient alone, of a run that is there
//     integrated MILLISECONDS            integrated gradients with 50 steps, from zeros
//     sweep MILLISECONDS                 every head switched off in turn
//     check                              -> numbers to compare: the target, the gradient's length by the
//                                        embedding's output, the scores' sum, the target without each head
int main()
{
    BenchModel made;
    return answer_commands(
        made, {{"gradient",
                [&](std::istream &words) {
                    print_times(words, [&] { target_gradients(target_of(made), *run(made)); });
                }},
               {"backward",
                [&](std::istream &words) {
                    print_times(words, [&, trace = run(made)] { target_gradients(target_of(made), *trace); });
                }},
               {"integrated",
                [&](std::istream &words) {
                    print_times(words, [&, trace = run(made)] {
                        integrated_gradients(target_of(made), *trace, Baseline::zero, 50);
                    });
                }},
               {"sweep",
                [&](std::istream &words) {
                    print_times(words,
                                [&, trace = run(made)] { sweep(target_of(made), *trace, heads_only); });
                }},
               {"check", [&](std::istream &) { print_numbers(made); }}});
}
