// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/inbox.h"
#include "ui/jobs/stopped.h"

#include <QtGlobal>

#include <chrono>
#include <memory>
#include <vector>

namespace encoderscope
{

/// How far work is.
struct Progress {
    qint64 done = 0;
    qint64 total = 0;
    double secondsLeft = 0.0; ///< as fast as until now
};

/// What becomes of the work before when newer work is asked for.
enum class Older {
    stop,          ///< told to stop, and its outcome is not delivered
    finishIfShort, ///< the same, unless such work has lately taken less than `worthFinishing`
};
/// What is shorter is finished although something newer waits: else fast typing would show nothing.
constexpr std::chrono::milliseconds worthFinishing{400};

class JobQueue;

/// What work knows of the job that it is. For the thread that runs the work.
class JobControl
{
public:
    /// Requested when the work was cancelled, when newer work took its place, or nobody waits any more.
    const std::stop_token &stop() const { return stop_; }
    /// Says how far the work is; the owner hears of it some 25 times a second at most.
    void report(qint64 done, qint64 total) const;
    /// Runs in the owner's thread, before the outcome is delivered; not if newer work took this one's place.
    void post(Inbox::Message message) const;

private:
    friend JobQueue;
    using Clock = std::chrono::steady_clock;
    struct Entry;
    JobControl(JobQueue &queue, std::shared_ptr<Entry> entry, Inbox::Sender sender);

    JobQueue *queue_; ///< alive whenever a message of the inbox runs
    std::shared_ptr<Entry> entry_;
    Inbox::Sender sender_;
    std::stop_token stop_;
    Clock::time_point begin_ = Clock::now();
    mutable Clock::time_point reported_ = begin_;
};

/// A Job without the type of its answer: one thread for the newest work.
class JobQueue
{
public:
    /// Runs beside the window; what it returns is called in the owner's thread. Does not throw.
    using Work = std::function<Inbox::Message(const JobControl &)>;

    explicit JobQueue(std::function<void(const Progress &)> progress);
    /// Does not wait for work under way, which is told to stop. Nothing is delivered any more.
    ~JobQueue();
    JobQueue(const JobQueue &) = delete;
    JobQueue &operator=(const JobQueue &) = delete;

    /// Throws std::system_error when no thread can be started.
    void ask(Work work, Older older);
    void cancel();
    bool running() const { return !open_.empty(); }
    /// Of any of this thread's owners.
    static bool anyRunning();

private:
    friend JobControl;
    using Entry = JobControl::Entry;
    struct Desk;

    static void workAt(const std::shared_ptr<Desk> &desk, JobQueue *queue, const Inbox::Sender &sender,
                       const std::stop_token &quit);

    std::function<void(const Progress &)> progress_;
    Inbox inbox_;
    std::shared_ptr<Desk> desk_;               ///< shared with the thread
    std::vector<std::shared_ptr<Entry>> open_; ///< whose outcome will be delivered, the newest last
};

} // namespace encoderscope
