// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/forward/encoder.h"
#include "engine/kernels/workers.h"
#include "engine/reused_memory.h"
#include "tests/bench/bench_model.h"
#include "tests/bench/machine_limits.h"

#include <chrono>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

using namespace encoderscope;

namespace
{

// Commands on standard input, one a line; one line of answer each. tests/bench/forward.py sends them, in turn
// with the same to the peers.
//
//     model LAYERS D_MODEL HEADS D_FF    random weights of that shape, learned positions, GELU, post-norm
//     weights FILE                       its weights as raw float32, in BenchModel's order
//     input TOKENS
//     output FILE                        the encoder's result for that input, raw float32
//     threads COUNT
//     run MILLISECONDS                   -> microseconds of each run
//     weigh MILLISECONDS                 the same, with every head's weight matrix rebuilt too
//     peak THREADS                       -> floating-point operations a second
//     bandwidth BYTES THREADS            -> bytes a second
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
        else if (command == "output")
            write_output(words);
        else if (command == "threads")
            kernels::set_worker_threads(read_number<std::size_t>(words));
        else if (command == "run")
            run(words, false);
        else if (command == "weigh")
            run(words, true);
        else if (command == "peak")
            std::cout << measured_peak(read_number<int>(words));
        else if (command == "bandwidth") {
            const auto bytes = read_number<std::size_t>(words);
            std::cout << measured_bandwidth(bytes, read_number<int>(words));
        } else
            std::cout << "unknown command";
        std::cout << std::endl;
    }

private:
    void write_output(std::istream &words) const
    {
        std::ofstream file(read_number<std::string>(words), std::ios::binary);
        const TracePtr trace = run_encoder(made_.model, made_.encoding);
        file.write(reinterpret_cast<const char *>(trace->output().data()),
                   trace->output().size() * static_cast<Index>(sizeof(float)));
    }

    void run(std::istream &words, bool weigh) const
    {
        using Clock = std::chrono::steady_clock;
        const Clock::time_point end = Clock::now() + std::chrono::milliseconds(read_number<int>(words));
        TracePtr trace = run_encoder(made_.model, made_.encoding); // not timed: wakes threads and caches up
        do {
            const Clock::time_point start = Clock::now();
            trace = run_encoder(made_.model, made_.encoding);
            for (int layer = 0; weigh && layer < trace->layers(); ++layer) {
                for (int head = 0; head < trace->heads(); ++head)
                    trace->attention_weights(layer, head);
            }
            std::cout << std::chrono::duration<double, std::micro>(Clock::now() - start).count() << ' ';
        } while (Clock::now() < end);
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
