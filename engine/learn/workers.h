// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace encoderscope
{

/// A few threads that share the pieces of a job. Which thread takes which piece is chance, so a piece must
/// not depend on it.
class Workers
{
public:
    /// The calling thread counts as one of `threads`. New threads have the niceness of the calling one.
    explicit Workers(int threads);
    ~Workers();
    Workers(const Workers &) = delete;
    Workers &operator=(const Workers &) = delete;

    int threads() const { return static_cast<int>(threads_.size()) + 1; }

    /// Runs job(piece, thread) for each piece in [0, pieces) and returns when all are done; thread is in
    /// [0, threads). What a piece throws is thrown here.
    void run(int pieces, const std::function<void(int piece, int thread)> &job);

private:
    void take_pieces(int thread);

    std::mutex mutex_;
    std::condition_variable work_, done_;
    const std::function<void(int, int)> *job_ = nullptr;
    int pieces_ = 0;
    int next_ = 0;
    int unfinished_ = 0;
    std::exception_ptr failure_;
    bool stop_ = false;
    std::vector<std::thread> threads_;
};

} // namespace encoderscope
