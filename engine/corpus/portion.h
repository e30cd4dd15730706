// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/corpus_writer.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace encoderscope
{

/// Sentences that are run and stored together.
class Portion
{
public:
    /// Examples are kept of those that `corpus` would take.
    Portion(const CorpusWriter &corpus, const CorpusSettings &settings);

    void add(std::int64_t number, Encoding encoding);
    qint64 tokens() const { return tokens_; }
    bool empty() const { return waiting_.empty(); }
    qint64 end = 0; ///< where the file was read up to

    /// Forms stacks of sentences of about one length, so that they can be run; how many there are.
    std::size_t pack();
    /// Runs a stack; concurrent calls have different threads below kernels::worker_threads(). Nothing comes
    /// of it when `stop` was requested before it was done.
    void run(std::size_t stack, std::size_t thread, const ModelPtr &model, const std::stop_token &stop);
    /// What the stacks gave, for the corpus; returns the sentences. To be called once.
    std::vector<SentenceResult> store(CorpusWriter &corpus);

private:
    struct Waiting {
        std::int64_t number = 0;
        Encoding encoding;
    };
    /// By one thread.
    struct Found {
        TopExamples neurons, heads;
        std::vector<SentenceResult> results;
    };

    const std::vector<int> &token_layers_;
    std::vector<Waiting> waiting_;
    qint64 tokens_ = 0;
    std::vector<std::vector<std::size_t>> stacks_;
    std::vector<Found> found_; ///< of each thread
};

/// Runs portions on all cores, one after the other. A thread that finds nothing left to do of one goes on
/// with the next.
class PortionRuns
{
public:
    /// Stacks are left out once `stop` was requested.
    PortionRuns(ModelPtr model, std::stop_token stop);
    /// Waits for the stacks that have begun.
    ~PortionRuns();
    PortionRuns(const PortionRuns &) = delete;
    PortionRuns &operator=(const PortionRuns &) = delete;

    void begin(std::unique_ptr<Portion> portion);
    /// Portions that were begun and not taken.
    std::size_t count() const { return begun_.size(); }

    struct Done {
        std::unique_ptr<Portion> portion;
        std::chrono::milliseconds took{}; ///< from the first stack's begin to the last one's end
    };
    /// Waits for the first of them. Throws what running it has thrown.
    Done take();

private:
    struct Begun {
        std::unique_ptr<Portion> portion;
        std::size_t stacks = 0;
        std::size_t claimed = 0, done = 0;
        std::chrono::steady_clock::time_point first{}, last{};
    };

    void work();
    /// Runs the next stack; waits for one if there is none, and returns when there will be none.
    void run_next(std::size_t thread);
    /// The first portion of which a stack is left; null when there is none.
    Begun *unclaimed();

    const ModelPtr model_;
    const std::stop_token stop_;
    std::mutex mutex_; ///< of what follows
    std::condition_variable more_, done_;
    std::deque<Begun> begun_; ///< changed by the owner's thread alone; the others change what is in it
    bool closed_ = false;
    std::exception_ptr failure_;
    std::jthread thread_; ///< joined before what it uses goes away
};

} // namespace encoderscope
