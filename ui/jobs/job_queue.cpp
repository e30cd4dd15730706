// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_queue.h"

#include "ui/jobs/job_threads.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace encoderscope
{

using namespace std::chrono_literals;

namespace
{

constexpr auto betweenReports = 40ms;
/// A thread waits that long for more work: starting one costs a fraction of a millisecond.
constexpr auto patience = 10s;

thread_local std::vector<const JobQueue *> queues; ///< of this thread

} // namespace

struct JobControl::Entry {
    JobQueue::Work work;
    std::stop_source stop;
    std::atomic<bool> stale{false}; ///< its outcome is not wanted
};

/// Where the owner leaves work for the thread.
struct JobQueue::Desk {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::shared_ptr<Entry> waiting;
    std::shared_ptr<Entry> running;
    std::chrono::steady_clock::duration lately{}; ///< of the last work that was not stopped; zero: none yet
    bool hasThread = false;
    bool closed = false;
};

JobControl::JobControl(JobQueue &queue, std::shared_ptr<Entry> entry, Inbox::Sender sender)
    : queue_(&queue)
    , entry_(std::move(entry))
    , sender_(std::move(sender))
    , stop_(entry_->stop.get_token())
{
}

void JobControl::report(qint64 done, qint64 total) const
{
    const Clock::time_point now = Clock::now();
    if (done < total && now - reported_ < betweenReports)
        return;
    reported_ = now;
    const double seconds = std::chrono::duration<double>(now - begin_).count();
    const double left =
        done > 0 ? seconds / static_cast<double>(done) * static_cast<double>(total - done) : 0.0;
    post([queue = queue_, progress = Progress{done, total, left}] {
        if (queue->progress_)
            queue->progress_(progress);
    });
}

void JobControl::post(Inbox::Message message) const
{
    sender_.send([entry = entry_, message = std::move(message)] {
        if (!entry->stale)
            message();
    });
}

JobQueue::JobQueue(std::function<void(const Progress &)> progress)
    : progress_(std::move(progress))
    , desk_(std::make_shared<Desk>())
{
    queues.push_back(this);
}

JobQueue::~JobQueue()
{
    std::erase(queues, this);
    std::shared_ptr<Entry> never;
    {
        const std::lock_guard lock(desk_->mutex);
        desk_->closed = true;
        never = std::exchange(desk_->waiting, nullptr);
        if (desk_->running)
            desk_->running->stop.request_stop();
    }
    desk_->wake.notify_one();
}

void JobQueue::ask(Work work, Older older)
{
    auto entry = std::make_shared<Entry>();
    entry->work = std::move(work);
    std::shared_ptr<Entry> replaced;
    bool startsThread = false;
    {
        const std::lock_guard lock(desk_->mutex);
        const bool finish =
            older == Older::finishIfShort && desk_->lately > 0s && desk_->lately <= worthFinishing;
        replaced = std::exchange(desk_->waiting, entry);
        for (const std::shared_ptr<Entry> &before : open_) {
            if (finish && before != replaced)
                continue;
            before->stale = true;
            before->stop.request_stop();
        }
        startsThread = !std::exchange(desk_->hasThread, true);
    }
    std::erase_if(open_, [](const auto &before) { return before->stale.load(); });
    open_.push_back(entry);
    if (startsThread) {
        try {
            startJobThread([desk = desk_, queue = this, sender = inbox_.sender()](
                               const std::stop_token &quit) { workAt(desk, queue, sender, quit); });
        } catch (...) {
            const std::lock_guard lock(desk_->mutex);
            desk_->hasThread = false;
            desk_->waiting = nullptr;
            open_.pop_back();
            throw;
        }
    }
    desk_->wake.notify_one();
}

void JobQueue::cancel()
{
    for (const std::shared_ptr<Entry> &entry : open_)
        entry->stop.request_stop();
}

bool JobQueue::anyRunning()
{
    return std::any_of(queues.begin(), queues.end(), [](const JobQueue *queue) { return queue->running(); });
}

/// In the thread. `queue` is only for messages of its inbox, which live no longer than it.
void JobQueue::workAt(const std::shared_ptr<Desk> &desk, JobQueue *queue, const Inbox::Sender &sender,
                      const std::stop_token &quit)
{
    for (;;) {
        std::shared_ptr<Entry> entry;
        {
            std::unique_lock lock(desk->mutex);
            desk->running = nullptr;
            desk->wake.wait_for(lock, quit, patience, [&] { return desk->waiting || desk->closed; });
            if (!desk->waiting || quit.stop_requested()) {
                desk->hasThread = false;
                return;
            }
            entry = desk->running = std::exchange(desk->waiting, nullptr);
        }
        const auto begin = std::chrono::steady_clock::now();
        Inbox::Message deliver = entry->work(JobControl(*queue, entry, sender));
        entry->work = nullptr; // with what it owned
        if (!entry->stop.stop_requested()) {
            const std::lock_guard lock(desk->mutex);
            desk->lately = std::chrono::steady_clock::now() - begin + 1ns;
        }
        if (entry->stale)
            continue;
        sender.send([queue, entry, deliver = std::move(deliver)] {
            if (entry->stale)
                return;
            std::erase(queue->open_, entry);
            deliver(); // may end the queue
        });
    }
}

} // namespace encoderscope
