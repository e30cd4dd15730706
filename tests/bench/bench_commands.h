// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"
#include "engine/kernels/workers.h"
#include "engine/platform/platform.h"
#include "tests/bench/bench_model.h"

#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>

namespace encoderscope
{

/// What follows a command's name.
using BenchCommands = std::map<std::string, std::function<void(std::istream &words)>>;

/// Answers commands on standard input, one a line, with one line each, until it ends; returns the exit code.
/// Beside `own`:
///
///     model LAYERS D_MODEL HEADS D_FF    random weights of that shape, learned positions, GELU, post-norm
///     weights FILE                       its weights as raw float32, in BenchModel's order
///     input TOKENS
///     threads COUNT
inline int answer_commands(BenchModel &made, BenchCommands own)
{
    platform::reuse_freed_memory();
    own["model"] = [&made](std::istream &words) { made.make(words); };
    own["weights"] = [&made](std::istream &words) { made.write_weights(words); };
    own["input"] = [&made](std::istream &words) { made.make_input(words); };
    own["threads"] = [](std::istream &words) {
        kernels::set_worker_threads(read_number<std::size_t>(words));
    };
    std::string line;
    try {
        while (std::getline(std::cin, line)) {
            std::istringstream words(line);
            const auto command = own.find(read_number<std::string>(words));
            if (command == own.end())
                std::cout << "unknown command";
            else
                command->second(words);
            std::cout << std::endl;
        }
    } catch (const Error &error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
    return 0;
}

/// "MILLISECONDS": does it again and again for so long, and prints the microseconds of each time.
template <typename Action>
void print_times(std::istream &words, const Action &action)
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

} // namespace encoderscope
