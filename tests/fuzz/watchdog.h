// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <thread>

#include <sys/resource.h>

#if defined(__SANITIZE_ADDRESS__)
constexpr int dearer = 3; ///< what a sanitizer adds to time and memory
#else
constexpr int dearer = 1;
#endif

/// Ends the program, with a word, when a step takes more than 5 s of computing (or 2 minutes of waiting), or
/// the program more than 1 GiB of memory; three times as much under the address sanitizer.
class Watchdog
{
public:
    Watchdog()
        : thread_([this](const std::stop_token &stop) { watch(stop); })
    {
    }

    /// A step begins.
    void begin()
    {
        computed_ = computed();
        began_ = now();
    }
    /// The largest so far.
    double longest() const { return longest_; }
    static long most_memory() // in MiB
    {
        rusage usage = {};
        getrusage(RUSAGE_SELF, &usage);
        return usage.ru_maxrss / 1024;
    }

private:
    static double now()
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
    }
    static double computed()
    {
        timespec time = {};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
    }
    static void end(const char *why)
    {
        std::fprintf(stderr, "\n%s\n", why);
        std::abort();
    }
    void watch(const std::stop_token &stop)
    {
        constexpr double most_computing = 5.0;
        constexpr double most_waiting = 120.0;
        constexpr long most = 1024;
        begin();
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            const double spent = computed() - computed_;
            longest_ = std::max<double>(longest_, spent);
            if (spent > most_computing * dearer)
                end("hang: more than 5 s of computing");
            if (now() - began_ > most_waiting)
                end("hang: more than 2 minutes");
            if (most_memory() > most * dearer)
                end("more than 1 GiB");
        }
    }

    std::atomic<double> computed_ = 0.0;
    std::atomic<double> began_ = 0.0;
    std::atomic<double> longest_ = 0.0;
    std::jthread thread_;
};
