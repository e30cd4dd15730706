// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/platform/platform.h"

#include <atomic>
#include <chrono>
#include <stop_token>
#include <thread>

namespace encoderscope
{

/// Ctrl-C and a request to end, as a stop token.
class StoppedBySignal
{
public:
    StoppedBySignal()
        : watch_([this](const std::stop_token &over) {
            while (!over.stop_requested()) {
                if (const int came = signals_.take()) {
                    signal_ = came;
                    stop_.request_stop();
                }
                std::this_thread::sleep_for(std::chrono::milliseconds(50));
            }
        })
    {
    }
    std::stop_token token() const { return stop_.get_token(); }
    /// The signal that came; 0 = none.
    int signal() const { return signal_; }

private:
    platform::HeldSignals signals_;
    std::atomic<int> signal_ = 0;
    std::stop_source stop_;
    std::jthread watch_; // ends before what it uses
};

} // namespace encoderscope
