// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_threads.h"

#include "engine/platform/platform.h"

#include <QCoreApplication>

#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

namespace encoderscope
{

namespace
{

struct Thread {
    std::shared_ptr<std::atomic<bool>> ended = std::make_shared<std::atomic<bool>>(false);
    std::jthread thread;
};

struct Threads {
    std::mutex mutex;
    std::list<Thread> all;
};

Threads &threads()
{
    static Threads threads;
    static std::once_flag once;
    std::call_once(once, [] { qAddPostRoutine(endJobThreads); });
    return threads;
}

} // namespace

void startJobThread(std::function<void(const std::stop_token &quit)> run)
{
    Threads &known = threads();
    const std::lock_guard lock(known.mutex);
    known.all.remove_if([](const Thread &one) { return one.ended->load(); });
    Thread &added = known.all.emplace_back();
    try {
        added.thread =
            std::jthread([run = std::move(run), ended = added.ended](const std::stop_token &quit) mutable {
                platform::lower_priority_of_this_thread(5); // the window goes first: it paints while jobs run
                run(quit);
                run = nullptr;
                *ended = true;
            });
    } catch (...) {
        known.all.pop_back();
        throw;
    }
}

void endJobThreads()
{
    std::list<Thread> ending;
    {
        const std::lock_guard lock(threads().mutex);
        ending.swap(threads().all);
    }
    for (Thread &one : ending)
        one.thread.request_stop();
} // joined here

} // namespace encoderscope
