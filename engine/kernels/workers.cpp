// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/workers.h"

#include "engine/kernels/flush_denormals.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace encoderscope::kernels
{

namespace
{

constexpr std::size_t most_threads = 64;
constexpr std::size_t most_chunks = 0xFFFF;

void pause()
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

/// Waits by spinning first, then by leaving the core to whoever wants it.
class Waiting
{
public:
    /// False once it has waited so long that sleeping is better.
    bool again()
    {
        ++rounds_;
        if (rounds_ < spinning_rounds) {
            pause();
            return true;
        }
        if (rounds_ == spinning_rounds)
            since_ = std::chrono::steady_clock::now();
        std::this_thread::yield();
        return std::chrono::steady_clock::now() - since_ < yielding_time;
    }

private:
    static constexpr int spinning_rounds = 1000;
    static constexpr std::chrono::microseconds yielding_time{1000};
    int rounds_ = 0;
    std::chrono::steady_clock::time_point since_;
};

/// What is left of the current job, in one word so that a chunk is claimed in one step: a chunk of a job that
/// is over can never be claimed. The caller takes from the front, the workers from the back: from one job to
/// the next each core meets the same weights again. Aligned as one word: Clang calls libatomic for what is
/// aligned to less.
struct alignas(8) Remaining {
    std::uint32_t job = 0;
    std::uint16_t front = 0; ///< next chunk from the front
    std::uint16_t back = 0;  ///< one past the next chunk from the back

    bool any() const { return front < back; }
};
static_assert(std::atomic<Remaining>::is_always_lock_free);

/// Lets the next caller in when it dies.
class Freeing
{
public:
    explicit Freeing(std::atomic<bool> &busy)
        : busy_(busy)
    {
    }
    ~Freeing() { busy_.store(false, std::memory_order_release); }
    Freeing(const Freeing &) = delete;
    Freeing &operator=(const Freeing &) = delete;

private:
    std::atomic<bool> &busy_;
};

} // namespace

class Workers::Team
{
public:
    explicit Team(std::size_t threads)
        : threads_(threads)
    {
    }
    ~Team()
    {
        {
            const std::lock_guard lock(sleep_mutex_);
            leaving_ = true;
        }
        wake_.notify_all();
    }

    void run(std::size_t chunks, ChunkFunction function, const std::stop_token &stop);

    std::size_t threads() const { return threads_.load(std::memory_order_relaxed); }
    void set_threads(std::size_t threads) { threads_.store(threads, std::memory_order_relaxed); }

private:
    bool claim(bool from_front, std::size_t &chunk);
    void do_chunk(std::size_t chunk, std::size_t thread);
    void work(std::size_t thread);
    void start_threads(std::size_t count);
    void sleep_until_work();

    std::atomic<bool> busy_{false}; // with the one caller whose job runs
    std::atomic<std::size_t> threads_;
    ChunkFunction function_;
    const std::stop_token *stop_ = nullptr; // of the job
    std::atomic<bool> failed_{false};
    std::exception_ptr failure_; // what the first chunk that failed has thrown

    alignas(64) std::atomic<Remaining> remaining_{Remaining()};
    alignas(64) std::atomic<std::size_t> done_{0};
    alignas(64) std::atomic<std::size_t> active_threads_{1};
    std::atomic<int> sleeping_{0};

    std::mutex sleep_mutex_;
    std::condition_variable wake_;
    std::atomic<bool> leaving_{false};
    std::vector<std::jthread> others_; // joined before what they use goes away
};

void Workers::Team::run(std::size_t chunks, ChunkFunction function, const std::stop_token &stop)
{
    const FlushDenormals flush;
    const std::size_t threads = std::min(this->threads(), chunks);
    if (threads <= 1 || chunks > most_chunks || busy_.exchange(true, std::memory_order_acquire)) {
        for (std::size_t chunk = 0; chunk < chunks && !stop.stop_requested(); ++chunk)
            function(chunk, 0);
        return;
    }
    const Freeing freeing(busy_);
    start_threads(threads - 1);
    active_threads_.store(this->threads(), std::memory_order_relaxed);
    function_ = function;
    stop_ = &stop;
    failed_.store(false, std::memory_order_relaxed);
    failure_ = nullptr;
    done_.store(0, std::memory_order_relaxed);
    const std::uint32_t job = remaining_.load(std::memory_order_relaxed).job + 1;
    remaining_.store({job, 0, static_cast<std::uint16_t>(chunks)});
    if (sleeping_.load() > 0) {
        const std::lock_guard lock(sleep_mutex_);
        wake_.notify_all();
    }
    std::size_t chunk = 0;
    while (claim(true, chunk)) {
        do_chunk(chunk, 0);
        done_.fetch_add(1, std::memory_order_release);
    }
    Waiting waiting;
    while (done_.load(std::memory_order_acquire) != chunks)
        waiting.again();
    if (failure_)
        std::rethrow_exception(std::exchange(failure_, nullptr));
}

bool Workers::Team::claim(bool from_front, std::size_t &chunk)
{
    Remaining now = remaining_.load(std::memory_order_acquire);
    while (now.any()) {
        Remaining next = now;
        chunk = from_front ? next.front++ : --next.back;
        if (remaining_.compare_exchange_weak(now, next, std::memory_order_acq_rel, std::memory_order_acquire))
            return true;
    }
    return false;
}

void Workers::Team::do_chunk(std::size_t chunk, std::size_t thread)
{
    if (stop_->stop_requested() || failed_.load(std::memory_order_relaxed))
        return;
    try {
        function_(chunk, thread);
    } catch (...) {
        if (!failed_.exchange(true))
            failure_ = std::current_exception(); // read once this chunk counts as done
    }
}

void Workers::Team::work(std::size_t thread)
{
    const FlushDenormals flush;
    Waiting waiting;
    while (!leaving_.load(std::memory_order_relaxed)) {
        std::size_t chunk = 0;
        if (thread < active_threads_.load(std::memory_order_relaxed) && claim(false, chunk)) {
            do_chunk(chunk, thread);
            done_.fetch_add(1, std::memory_order_release);
            waiting = Waiting();
        } else if (!waiting.again()) {
            sleep_until_work();
            waiting = Waiting();
        }
    }
}

void Workers::Team::sleep_until_work()
{
    std::unique_lock lock(sleep_mutex_);
    ++sleeping_;
    const std::uint32_t seen = remaining_.load().job;
    wake_.wait(lock, [&] { return leaving_ || remaining_.load().any() || remaining_.load().job != seen; });
    --sleeping_;
}

void Workers::Team::start_threads(std::size_t count)
{
    while (others_.size() < count)
        others_.emplace_back([this, thread = others_.size() + 1] { work(thread); });
}

Workers::Workers(std::size_t threads)
    : team_(std::make_unique<Team>(std::clamp<std::size_t>(threads, 1, most_threads)))
{
}

Workers::~Workers() = default;

std::size_t Workers::threads() const
{
    return team_->threads();
}

void Workers::set_threads(std::size_t threads)
{
    team_->set_threads(std::clamp<std::size_t>(threads, 1, most_threads));
}

void Workers::run(std::size_t chunks, ChunkFunction function, const std::stop_token &stop)
{
    team_->run(chunks, function, stop);
}

namespace
{

std::size_t cores()
{
    return std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
}

Workers &workers_of_process()
{
    static Workers instance(cores());
    return instance;
}

} // namespace

void run_chunks(std::size_t chunks, ChunkFunction function, const std::stop_token &stop)
{
    workers_of_process().run(chunks, function, stop);
}

std::size_t worker_threads()
{
    return workers_of_process().threads();
}

void set_worker_threads(std::size_t threads)
{
    workers_of_process().set_threads(std::min(threads, cores()));
}

} // namespace encoderscope::kernels
