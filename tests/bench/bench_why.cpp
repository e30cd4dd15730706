// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/integrated_gradients.h"
#include "engine/attribution/sweep.h"
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/kernels/workers.h"
#include "engine/reused_memory.h"
#include "tests/bench/bench_model.h"

#include <chrono>
#include <iostream>
#include <sstream>

using namespace encoderscope;

namespace
{

// Commands on standard input, one a line; one line of answer each. tests/bench/why.py sends them, in turn
// with the same to PyTorch. The target is the length of the last hidden state of token 3.
//
//     model, weights, input, threads     as in bench_forward.cpp
//     gradient MILLISECONDS              a run and the target's gradient -> microseconds of each
//     backward MILLISECONDS              the gradient alone, of a run that is there
//     integrated MILLISECONDS            integrated gradients with 50 steps, from zeros
//     sweep MILLISECONDS                 every head switched off in turn
//     check                              -> numbers to compare: the target, the gradient's length by the
//                                        embedding's output, the scores' sum, two heads of the sweep
class Bench
{
public:
    void answer(const std::string &line)
    {
        std::istringstream words(line);
        std::string command;
        words >> command;
        if (command == "model")
            made_.make(words);
        else if (command == "weights")
            made_.write_weights(words);
        else if (command == "input")
            made_.make_input(words);
        else if (command == "threads")
            kernels::set_worker_threads(read_number<std::size_t>(words));
        else if (command == "gradient")
            time(words, [this] { target_gradients(target(), *run()); });
        else if (command == "backward")
            time(words, [this, trace = run()] { target_gradients(target(), *trace); });
        else if (command == "integrated")
            time(words,
                 [this, trace = run()] { integrated_gradients(target(), *trace, Baseline::zero, 50); });
        else if (command == "sweep")
            time(words, [this, trace = run()] { sweep(target(), *trace, heads_only); });
        else if (command == "check")
            check();
        else
            std::cout << "unknown command";
        std::cout << std::endl;
    }

private:
    static constexpr SweepParts heads_only{.sublayers = false, .tokens = false, .positions = false};

    TracePtr run() const { return run_encoder(made_.model, made_.encoding); }
    Target target() const
    {
        return {.kind = Target::Kind::hidden_norm, .token = 3, .layer = made_.model->config.layers - 1};
    }

    template <typename Action>
    static void time(std::istream &words, const Action &action)
    {
        using Clock = std::chrono::steady_clock;
        action(); // not timed: packs weights, wakes threads and caches up
        const Clock::time_point end = Clock::now() + std::chrono::milliseconds(read_number<int>(words));
        do {
            const Clock::time_point start = Clock::now();
            action();
            std::cout << std::chrono::duration<double, std::micro>(Clock::now() - start).count() << ' ';
        } while (Clock::now() < end);
    }

    void check() const
    {
        const TracePtr trace = run();
        const TraceGradients gradients = target_gradients(target(), *trace);
        const IntegratedGradients integrated = integrated_gradients(target(), *trace, Baseline::zero, 50);
        const Sweep swept = sweep(target(), *trace, heads_only);
        std::cout.precision(9);
        std::cout << swept.value << ' ' << gradients.hidden.front().norm() << ' ' << integrated.scores.sum()
                  << ' ' << swept.heads(0, 0) << ' ' << swept.heads(trace->layers() - 1, 1);
    }

    BenchModel made_;
};

} // namespace

int main()
{
    reuse_freed_memory();
    Bench bench;
    std::string line;
    try {
        while (std::getline(std::cin, line))
            bench.answer(line);
    } catch (const Error &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
