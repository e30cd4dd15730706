// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace_cache.h"
#include "engine/text/granularity.h"
#include "ui/figures/compared_trace.h"

#include <QString>

#include <chrono>
#include <set>
#include <stop_token>

namespace encoderscope
{

using Tokenization = Granularity;

/// What the session wants to see: all that a run depends on.
struct RunRequest {
    quint64 generation = 0;
    std::chrono::steady_clock::time_point asked; ///< when the user did what makes this run necessary
    ModelPtr model;
    QString text;
    QString textB; ///< null = a single sentence
    Tokenization tokenization = Tokenization::subword;
    Switches switches;
    std::set<int> replaced; ///< tokens shown to the model as its mask token
    TracePtr reference;     ///< whose tokens `replaced` and the masked tokens of `switches` are; may be null
};

struct RunResult {
    quint64 generation = 0;
    std::chrono::steady_clock::time_point asked;
    TracePtr now;
    TracePtr before;                  ///< the run without switches; the same as `now` when none is off
    QString problem;                  ///< why there is no trace, for the user; empty when there is one
    double forwardMilliseconds = 0.0; ///< the encoder alone, for `now`
};

/// Tokenizes and runs the encoder, plain and as switched. Without traces and problem when `stop` was
/// requested.
RunResult run(const RunRequest &request, TraceCache &cache, const std::stop_token &stop);

} // namespace encoderscope
