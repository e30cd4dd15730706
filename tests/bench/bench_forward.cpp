// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/encoder.h"
#include "tests/bench/bench_commands.h"
#include "tests/bench/machine_limits.h"

using namespace encoderscope;

namespace
{

void write_output(const BenchModel &made, const std::string &path)
{
    std::ofstream file(path, std::ios::binary);
    const TracePtr trace = run_encoder(made.model, made.encoding);
    file.write(reinterpret_cast<const char *>(trace->output().data()),
               trace->output().size() * static_cast<Index>(sizeof(float)));
}

} // namespace

// tests/bench/forward.py sends these commands, in turn with the same to the peers:
//
//     output FILE                        the encoder's result for that input, raw float32
//     run MILLISECONDS                   -> microseconds of each run
//     weigh MILLISECONDS                 the same, with every head's weight matrix kept
//     peak THREADS                       -> floating-point operations a second
//     bandwidth BYTES THREADS            -> bytes a second
int main()
{
    BenchModel made;
    return answer_commands(
        made, {{"output", [&](std::istream &words) { write_output(made, read_number<std::string>(words)); }},
               {"run",
                [&](std::istream &words) {
                    TracePtr trace;
                    print_times(words, [&] { trace = run_encoder(made.model, made.encoding); });
                }},
               {"weigh",
                [&](std::istream &words) {
                    TracePtr trace;
                    print_times(words, [&] {
                        trace =
                            run_encoder(made.model, made.encoding, {}, nullptr, {}, AttentionWeights::kept);
                    });
                }},
               {"peak", [](std::istream &words) { std::cout << measured_peak(read_number<int>(words)); }},
               {"bandwidth", [](std::istream &words) {
                    const auto bytes = read_number<std::size_t>(words);
                    std::cout << measured_bandwidth(bytes, read_number<int>(words));
                }}});
}
