// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/portion.h"

#include "engine/forward/stacks.h"
#include "engine/kernels/workers.h"

#include <algorithm>
#include <iterator>

namespace encoderscope
{

namespace
{

void offer_all(const TopExamples &from, TopExamples &to)
{
    for (std::size_t thing = 0; thing < from.things(); ++thing) {
        for (const Example &example : from.of(thing))
            to.offer(thing, example);
    }
}

} // namespace

Portion::Portion(const CorpusWriter &corpus, const CorpusSettings &settings)
    : token_layers_(settings.token_layers)
{
    for (std::size_t thread = 0; thread < kernels::worker_threads(); ++thread)
        found_.push_back({corpus.neurons().candidates(), corpus.heads().candidates(), {}});
}

void Portion::add(std::int64_t number, Encoding encoding)
{
    tokens_ += std::ssize(encoding.tokens);
    waiting_.push_back({number, std::move(encoding)});
}

std::size_t Portion::pack()
{
    std::vector<std::size_t> tokens;
    for (const Waiting &sentence : waiting_)
        tokens.push_back(sentence.encoding.tokens.size());
    stacks_ = stacks_by_length(tokens);
    return stacks_.size();
}

void Portion::run(std::size_t stack, std::size_t thread, const ModelPtr &model, const std::stop_token &stop)
{
    Found &found = found_[thread];
    std::vector<Encoding> encodings;
    std::vector<SentenceRun> runs;
    encodings.reserve(stacks_[stack].size());
    for (const std::size_t sentence : stacks_[stack]) {
        encodings.push_back(std::move(waiting_[sentence].encoding));
        runs.emplace_back(encodings.back(), waiting_[sentence].number, token_layers_, found.neurons,
                          found.heads);
    }
    const auto look = [&](const StackedRows &rows) { runs[rows.input].look_at(*model, rows); };
    const std::vector<TracePtr> traces = run_stack(model, encodings, Kept::output, stop, look);
    for (std::size_t i = 0; i < traces.size(); ++i)
        found.results.push_back(runs[i].finish(*traces[i]));
}

std::vector<SentenceResult> Portion::store(CorpusWriter &corpus)
{
    Found &all = found_.front();
    for (std::size_t thread = 1; thread < found_.size(); ++thread) {
        Found &more = found_[thread];
        offer_all(more.neurons, all.neurons);
        offer_all(more.heads, all.heads);
        std::move(more.results.begin(), more.results.end(), std::back_inserter(all.results));
    }
    std::sort(all.results.begin(), all.results.end(),
              [](const SentenceResult &a, const SentenceResult &b) { return a.number < b.number; });
    corpus.add(all.results, all.neurons, all.heads);
    return std::move(all.results);
}

PortionRuns::PortionRuns(ModelPtr model, std::stop_token stop)
    : model_(std::move(model))
    , stop_(std::move(stop))
    , thread_([this] { work(); })
{
}

PortionRuns::~PortionRuns()
{
    const std::lock_guard lock(mutex_);
    closed_ = true;
    more_.notify_all();
}

void PortionRuns::begin(std::unique_ptr<Portion> portion)
{
    const std::size_t stacks = portion->pack();
    const std::lock_guard lock(mutex_);
    begun_.push_back({.portion = std::move(portion), .stacks = stacks});
    more_.notify_all();
}

PortionRuns::Done PortionRuns::take()
{
    std::unique_lock lock(mutex_);
    Begun &first = begun_.front();
    done_.wait(lock, [&] { return first.done == first.stacks; });
    if (failure_)
        std::rethrow_exception(failure_);
    Done done{std::move(first.portion),
              std::chrono::duration_cast<std::chrono::milliseconds>(first.last - first.first)};
    begun_.pop_front();
    return done;
}

void PortionRuns::work()
{
    // Not all stacks are one job: another job's caller may have had the workers when this one began.
    constexpr std::size_t stacks_of_job = 64;
    const auto run = [this](std::size_t, std::size_t thread) { run_next(thread); };
    while (true) {
        {
            std::unique_lock lock(mutex_);
            more_.wait(lock, [this] { return closed_ || unclaimed(); });
            if (closed_)
                return;
        }
        kernels::run_chunks(stacks_of_job, run);
    }
}

void PortionRuns::run_next(std::size_t thread)
{
    std::unique_lock lock(mutex_);
    more_.wait(lock, [this] { return closed_ || unclaimed(); });
    if (closed_)
        return;
    Begun &begun = *unclaimed();
    const std::size_t stack = begun.claimed++;
    if (stack == 0)
        begun.first = std::chrono::steady_clock::now();
    if (!failure_ && !stop_.stop_requested()) {
        lock.unlock();
        std::exception_ptr failure;
        try {
            begun.portion->run(stack, thread, model_, stop_);
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        if (failure && !failure_)
            failure_ = failure;
    }
    if (++begun.done == begun.stacks) {
        begun.last = std::chrono::steady_clock::now();
        done_.notify_all();
    }
}

PortionRuns::Begun *PortionRuns::unclaimed()
{
    const auto found = std::find_if(begun_.begin(), begun_.end(),
                                    [](const Begun &begun) { return begun.claimed < begun.stacks; });
    return found == begun_.end() ? nullptr : &*found;
}

} // namespace encoderscope
