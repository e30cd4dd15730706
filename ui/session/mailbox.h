// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace encoderscope
{

/// Hands requests from one thread to a worker's: the newest takes the place of one that still waits, and may
/// stop the one that is being worked on.
template <typename Request>
class Mailbox
{
public:
    struct Delivery {
        Request request;
        std::stop_token stop; ///< requested when a newer request makes this one useless
    };

    void put(Request request, bool stopsRunning)
    {
        {
            const std::lock_guard lock(mutex_);
            if (stopsRunning)
                running_.request_stop();
            waiting_ = std::move(request);
        }
        wake_.notify_one();
    }

    /// Waits for a request. Nothing once `quit` is requested.
    std::optional<Delivery> take(const std::stop_token &quit)
    {
        std::unique_lock lock(mutex_);
        if (!wake_.wait(lock, quit, [this] { return waiting_.has_value(); }) || quit.stop_requested())
            return std::nullopt;
        running_ = std::stop_source();
        return Delivery{*std::exchange(waiting_, std::nullopt), running_.get_token()};
    }

    void stopRunning()
    {
        const std::lock_guard lock(mutex_);
        running_.request_stop();
    }

private:
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<Request> waiting_;
    std::stop_source running_;
};

} // namespace encoderscope
