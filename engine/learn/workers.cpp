// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/workers.h"

#include "engine/learn/product.h"

namespace encoderscope
{

Workers::Workers(int threads)
{
    for (int thread = 1; thread < threads; ++thread) {
        threads_.emplace_back([this, thread] {
            keep_products_on_this_thread();
            while (true) {
                {
                    std::unique_lock lock(mutex_);
                    work_.wait(lock, [this] { return stop_ || next_ < pieces_; });
                    if (stop_)
                        return;
                }
                take_pieces(thread);
            }
        });
    }
}

Workers::~Workers()
{
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    work_.notify_all();
    for (std::thread &thread : threads_)
        thread.join();
}

void Workers::run(int pieces, const std::function<void(int, int)> &job)
{
    {
        const std::lock_guard lock(mutex_);
        job_ = &job;
        pieces_ = pieces;
        next_ = 0;
        unfinished_ = pieces;
        failure_ = nullptr;
    }
    work_.notify_all();
    keep_products_on_this_thread();
    take_pieces(0);
    std::unique_lock lock(mutex_);
    done_.wait(lock, [this] { return unfinished_ == 0; });
    if (failure_)
        std::rethrow_exception(failure_);
}

void Workers::take_pieces(int thread)
{
    std::unique_lock lock(mutex_);
    while (next_ < pieces_) {
        const int piece = next_++;
        lock.unlock();
        std::exception_ptr failure;
        try {
            (*job_)(piece, thread);
        } catch (...) {
            failure = std::current_exception();
        }
        lock.lock();
        if (failure)
            failure_ = failure;
        if (--unfinished_ == 0)
            done_.notify_all();
    }
}

} // namespace encoderscope
