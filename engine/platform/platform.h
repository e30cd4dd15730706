// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>

class QFile;
class QString;

/// What the program wants of the system beyond Qt and the standard library. Implemented once for Linux and
/// once with nothing but those two, which does less: each comment says what.
namespace encoderscope::platform
{

// Files. A function that returns `int` gives 0 or the reason, as in errno.

/// Makes an empty file at a path where nothing is yet: EEXIST otherwise.
int make_file(const QString &path);

/// Opens what is at the file's name, also a device or a pipe, without a buffer; to write it empties a file.
int open_to_read(QFile &file);
int open_to_write(QFile &file);

/// Reads at most `most` bytes, as soon as there are some: how many, 0 at the end; or the reason, negated.
qint64 read(QFile &file, char *to, qint64 most);

/// Writes all of it past every buffer.
int write(QFile &file, const char *from, qint64 size);

/// Puts what was written on the disk, so that it survives a power failure. Elsewhere it is given to the
/// system.
int sync(QFile &file);

/// The same of a folder's list of names, as far as the file system can. Elsewhere nothing.
void sync_folder(const QString &folder);

/// What closing the file would say, while it stays open: some network file systems say only then that they
/// could not write. Elsewhere 0.
int said_by_closing(QFile &file);

struct FileState {
    qint64 size = 0;
    qint64 modified = 0; ///< nanoseconds; elsewhere as fine as Qt has it
};

/// Of the open file itself, whatever has become of its name; zeros for a resource.
FileState state_of(const QFile &file);

/// A lock on a file or folder, in the way of flock(2): the system lifts it when the program ends, in whatever
/// way.
class Lock
{
public:
    enum class State {
        none,       ///< nothing to lock is at the path
        taken,      ///< ours while this lives
        of_another, ///< another program or another part of this one has it
        unknown     ///< the file system has no such locks; elsewhere always
    };

    Lock() = default;
    /// Does not follow a link, and does not wait.
    explicit Lock(const QString &path);
    ~Lock();
    Lock(Lock &&other) noexcept;
    Lock &operator=(Lock &&other) noexcept;

    State state() const { return state_; }

private:
    State state_ = State::none;
    std::intptr_t handle_ = -1; ///< what the system calls it
};

/// While one lives, reading `bytes` of a mapped file is safe even when another program shortens the file:
/// what is gone reads as zeros instead of ending the program (SIGBUS). Whoever reads then asks the file
/// whether it changed. Elsewhere nothing: on Windows a mapped file cannot be shortened, on others the program
/// ends.
class MappingGuard
{
public:
    explicit MappingGuard(std::span<const unsigned char> bytes);
    ~MappingGuard();
    MappingGuard(const MappingGuard &) = delete;
    MappingGuard &operator=(const MappingGuard &) = delete;

private:
    std::size_t slot_;
};

/// Lets the system read these bytes of a mapped file from the disk at once, and goes on: what
/// is used next need not be waited for page by page. Elsewhere nothing.
void will_read(std::span<const unsigned char> bytes);

// Memory.

/// `alignment`: a power of two, of which `bytes` is a multiple. Null when there is none. Large pieces that
/// are aligned to huge pages get them where the system has some.
void *aligned_memory(std::size_t alignment, std::size_t bytes);
void free_aligned_memory(void *memory);

/// Lets the process keep up to 1 GB of memory that was freed, for the next run to write into, instead of
/// giving pages back to the system and getting fresh ones: those cost more than the numbers in them. For the
/// start of main(). Elsewhere nothing.
void reuse_freed_memory();

// The process and its threads.

/// A standard stream that is closed would be taken by the next file that is opened, and messages would be
/// written into it: something that can be neither read nor written takes its place. Elsewhere nothing.
void keep_standard_streams();

/// A reader that has gone and a file that may not grow become errors of writing, and no longer end the
/// program.
void say_errors_of_writing();

/// Whether somebody looks at what is written there. Elsewhere nobody.
bool is_terminal(std::FILE *stream);

/// This thread, and those that it starts, leave the processor to others: nicer than they were by so much, 19
/// at most. Elsewhere nothing.
void lower_priority_of_this_thread(int by);

/// Holds signals back, in this thread and those that it starts: no handler may run in them, because oneDNN's
/// products use the stack pointer for other things, and the kernel would write a handler's frame into the
/// middle of the weights. Elsewhere a handler takes note of Ctrl-C and the request to end, in whichever
/// thread; others stay as they are.
class HeldSignals
{
public:
    enum class Which {
        to_end, ///< Ctrl-C (SIGINT) and the request to end (SIGTERM)
        all     ///< but those of faults of the program
    };

    explicit HeldSignals(Which which = Which::to_end);
    /// One that came after the last take() has its usual effect now.
    ~HeldSignals();
    HeldSignals(const HeldSignals &) = delete;
    HeldSignals &operator=(const HeldSignals &) = delete;

    /// The one that came, 0 = none; it is gone then. From any thread.
    int take() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace encoderscope::platform
