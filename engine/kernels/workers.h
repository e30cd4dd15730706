// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <stop_token>
#include <type_traits>

namespace encoderscope::kernels
{

/// A reference to something callable with (chunk, thread); it must not throw.
class ChunkFunction
{
public:
    template <typename Callable>
    requires(!std::is_same_v<std::remove_cvref_t<Callable>, ChunkFunction>) ChunkFunction(Callable &&callable)
        : object_(const_cast<void *>(static_cast<const void *>(std::addressof(callable))))
        , call_([](void *object, std::size_t chunk, std::size_t thread) {
            (*static_cast<std::remove_reference_t<Callable> *>(object))(chunk, thread);
        })
    {
    }
    ChunkFunction() = default;

    void operator()(std::size_t chunk, std::size_t thread) const { call_(object_, chunk, thread); }

private:
    void *object_ = nullptr;
    void (*call_)(void *, std::size_t, std::size_t) = nullptr;
};

/// Calls function(chunk, thread) once for every chunk in [0, chunks), on the calling thread and on the
/// processor's other cores; returns when all are done. thread < worker_threads() tells concurrent calls
/// apart. When the cores are taken by another caller everything runs on the calling thread. Denormal numbers
/// count as zero meanwhile.
void run_chunks(std::size_t chunks, ChunkFunction function);

/// While it lives, the jobs that this thread runs leave out the chunks not begun when a stop is requested:
/// for results that nobody wants any more.
class Stoppable
{
public:
    explicit Stoppable(const std::stop_token &stop);
    ~Stoppable();
    Stoppable(const Stoppable &) = delete;
    Stoppable &operator=(const Stoppable &) = delete;

private:
    const std::stop_token *outer_;
};

/// How many threads work on one run_chunks, the caller included: as many as the processor has cores, unless
/// set lower.
std::size_t worker_threads();
void set_worker_threads(std::size_t threads);

} // namespace encoderscope::kernels
