// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <stop_token>
#include <type_traits>

namespace encoderscope::kernels
{

/// A reference to something callable with (chunk, thread), valid for as long as that is.
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

/// Threads that share the chunks of a job, and sleep while there is none.
class Workers
{
public:
    /// Up to `threads` threads work on a job, the calling one included. The others start with the first job
    /// that needs them and are as nice as the thread that asks for it.
    explicit Workers(std::size_t threads);
    ~Workers();
    Workers(const Workers &) = delete;
    Workers &operator=(const Workers &) = delete;

    std::size_t threads() const;
    void set_threads(std::size_t threads);

    /// Calls function(chunk, thread) once for every chunk in [0, chunks) and returns when all are done;
    /// thread < threads() tells concurrent calls apart. Which thread takes which chunk is chance. While
    /// another caller's job runs, everything runs on the calling thread. Denormal numbers count as zero
    /// meanwhile. Chunks not begun when `stop` is requested are left out: for results that nobody wants any
    /// more. What a chunk throws is thrown here, once the chunks that had begun are done.
    void run(std::size_t chunks, ChunkFunction function, const std::stop_token &stop = {});

private:
    class Team;
    std::unique_ptr<Team> team_;
};

/// Workers::run on the processor's cores: on the workers that every run of the encoder shares, because two
/// sets of them would only get in each other's way.
void run_chunks(std::size_t chunks, ChunkFunction function, const std::stop_token &stop = {});

/// How many threads work on one run_chunks, the caller included: as many as the processor has cores, unless
/// set lower.
std::size_t worker_threads();
void set_worker_threads(std::size_t threads);

} // namespace encoderscope::kernels
