// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace_cache.h"
#include "ui/state/session_state.h"
#include "ui/state/token_marks.h"

#include <QString>

#include <chrono>
#include <list>
#include <stop_token>

namespace encoderscope
{

/// A run that others are compared with: what it is of, and what came of it.
struct ReferenceRunOf {
    ReferenceChoice choice = {};
    std::optional<RunInput> input = {}; ///< nothing: the run itself, without switches
    TracePtr trace = nullptr;           ///< null until it is computed
    std::shared_ptr<const TokenMarks> marks = nullptr;
    QString modelHash = {}; ///< model_hash() of its model, with the trace
    QString problem = {};   ///< why there is none, for the user
};

/// What the session wants to see.
struct RunRequest {
    quint64 generation = 0;
    std::chrono::steady_clock::time_point asked; ///< when the user did what makes this run necessary
    RunInput input;                              ///< with a model
    ReferenceRunOf reference = {};               ///< a trace that is there is not computed again
    std::vector<TokenMatch> matches = {};
};

struct RunResult {
    quint64 generation = 0;
    std::chrono::steady_clock::time_point asked;
    RunInput input; ///< what it answers
    TracePtr now;
    TracePtr before; ///< the reference run, as in ComparedTrace
    std::shared_ptr<const AlignedRuns> alignment;
    ReferenceRunOf reference;
    ComparedMarks marks;
    QString problem; ///< why there is no trace, or where its numbers are not finite; for the user; else empty
    double forwardMilliseconds = 0.0; ///< the encoder alone, for `now`
    bool cached = false;              ///< `now` was kept from before: the encoder did not run
};

/// What shows a run that was read from a file.
RunInput recordedInput(const TracePtr &trace);

/// The tokens of the input's texts, in its pieces and with its replaced tokens; at most `most`, 0 = all.
Encoding encodingOf(const RunInput &input, int most);

/// The input's switches, as far as its model has them, with its masked tokens among those of `encoding`.
Switches switchesOf(const RunInput &input, const Encoding &encoding);

/// Which tokens of two inputs were found to belong together.
struct KeptAlignment {
    Encoding now, reference;
    std::vector<TokenPair> corrections;
    std::shared_ptr<const AlignedRuns> alignment;
};

/// What is kept from earlier runs: traces of those of the window and of those that they were compared with,
/// which may be of another model, and their alignments.
struct RunCaches {
    TraceCache now, reference;
    std::list<KeptAlignment> alignments = {}; ///< the one made last first
};

/// Tokenizes and runs the encoder, as switched and as the reference. Without traces and problem when `stop`
/// was requested.
RunResult run(const RunRequest &request, RunCaches &caches, const std::stop_token &stop);

/// The same of an input by itself, for who has no session: with traces. Throws Error when there are none, and
/// Stopped.
RunResult runAlone(const RunInput &input, RunCaches &caches, const std::stop_token &stop = {});

} // namespace encoderscope
