// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <stop_token>

namespace encoderscope
{

/// Threads for what takes long. Not Qt's global ones: the window's own painting hands work to those and waits
/// for it, behind whatever they do.
QThreadPool &backgroundThreads();

/// Computes something beside the UI thread. Only the answer to the newest question arrives; older ones are
/// told to stop. A job owns what it needs and does not throw.
template <typename Answer>
class Background
{
public:
    explicit Background(std::function<void(const Answer &)> deliver)
    {
        QObject::connect(&watcher_, &QFutureWatcherBase::finished, &watcher_,
                         [this, deliver = std::move(deliver)] {
                             if (watcher_.future().resultCount() > 0)
                                 deliver(watcher_.result());
                         });
    }
    ~Background() { stop_.request_stop(); }
    Background(const Background &) = delete;
    Background &operator=(const Background &) = delete;

    void ask(std::function<Answer(const std::stop_token &)> job)
    {
        stop_.request_stop();
        stop_ = std::stop_source();
        auto promise = std::make_shared<QPromise<Answer>>();
        watcher_.setFuture(promise->future());
        backgroundThreads().start([promise, job = std::move(job), stop = stop_.get_token()] {
            promise->start();
            if (!stop.stop_requested()) { // while it waited for a thread
                Answer answer = job(stop);
                if (!stop.stop_requested())
                    promise->addResult(std::move(answer));
            }
            promise->finish();
        });
    }

private:
    std::stop_source stop_;
    QFutureWatcher<Answer> watcher_;
};

} // namespace encoderscope
