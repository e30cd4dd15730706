// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/platform/platform.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace encoderscope::platform
{

namespace
{

int open_by_name(QFile &file, int flags, QIODevice::OpenMode mode)
{
    const int descriptor = ::open(QFile::encodeName(file.fileName()).constData(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    file.open(descriptor, mode | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle);
    return 0;
}

/// True while the descriptor's file is what the path leads to.
bool is_at(int descriptor, const QByteArray &path)
{
    struct stat open = {};
    struct stat named = {};
    return fstat(descriptor, &open) == 0 && lstat(path.constData(), &named) == 0 &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

} // namespace

int make_file(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(),
                                  O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return errno;
    close(descriptor);
    return 0;
}

int open_to_read(QFile &file)
{
    return open_by_name(file, O_RDONLY, QIODevice::ReadOnly);
}

int open_to_write(QFile &file)
{
    return open_by_name(file, O_WRONLY | O_TRUNC | O_NOCTTY, QIODevice::WriteOnly);
}

qint64 read(QFile &file, char *to, qint64 most)
{
    for (;;) {
        const ssize_t count = ::read(file.handle(), to, static_cast<std::size_t>(most));
        if (count >= 0)
            return count;
        if (errno != EINTR)
            return -errno;
    }
}

int write(QFile &file, const char *from, qint64 size)
{
    while (size > 0) {
        const ssize_t written = ::write(file.handle(), from, static_cast<std::size_t>(size));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written < 0 ? errno : EIO;
        from += written;
        size -= written;
    }
    return 0;
}

int sync(QFile &file)
{
    return file.flush() && fsync(file.handle()) == 0 ? 0 : errno;
}

void sync_folder(const QString &folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor);
    close(descriptor);
}

int said_by_closing(QFile &file)
{
    const int twin = fcntl(file.handle(), F_DUPFD_CLOEXEC, 0);
    return twin >= 0 && close(twin) == 0 ? 0 : errno;
}

FileState state_of(const QFile &file)
{
    struct stat status = {};
    if (file.handle() < 0 || fstat(file.handle(), &status) != 0)
        return {};
    constexpr qint64 nanoseconds = 1'000'000'000;
    return {status.st_size, status.st_mtim.tv_sec * nanoseconds + status.st_mtim.tv_nsec};
}

Lock::Lock(const QString &path)
{
    const QByteArray encoded = QFile::encodeName(path);
    constexpr int careful = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    // Over NFS only what may be written can be locked.
    int descriptor = ::open(encoded.constData(), O_RDWR | careful);
    if (descriptor < 0 && errno != ENOENT)
        descriptor = ::open(encoded.constData(), O_RDONLY | careful);
    if (descriptor < 0) {
        state_ = errno == ENOENT ? State::none : State::unknown;
        return;
    }
    handle_ = descriptor;
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        state_ = errno == EWOULDBLOCK ? State::of_another : State::unknown;
    else
        state_ = State::taken;
    // Whoever had it may have removed or moved what it was on.
    if (!is_at(descriptor, encoded))
        state_ = State::none;
}

Lock::~Lock()
{
    if (handle_ >= 0)
        close(static_cast<int>(handle_));
}

Lock::Lock(Lock &&other) noexcept
    : state_(std::exchange(other.state_, State::none))
    , handle_(std::exchange(other.handle_, -1))
{
}

Lock &Lock::operator=(Lock &&other) noexcept
{
    std::swap(state_, other.state_);
    std::swap(handle_, other.handle_);
    return *this;
}

namespace
{

/// A signal handler can look at nothing but memory that is there for good: hence the one table. A slot is
/// free when `end` is 0; more files than slots are read without the guard.
struct Slot {
    std::atomic<std::uintptr_t> begin = 0;
    std::atomic<std::uintptr_t> end = 0;
};

constexpr std::size_t slot_count = 256;
std::array<Slot, slot_count> slots;
std::mutex slots_mutex;
struct sigaction bus_error_before;
const auto page_size = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));

void on_bus_error(int signal, siginfo_t *info, void *context)
{
    const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    for (const Slot &slot : slots) {
        if (address < slot.begin || address >= slot.end)
            continue;
        void *page = reinterpret_cast<void *>(address / page_size * page_size);
        if (mmap(page, page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED)
            return;
    }
    if ((bus_error_before.sa_flags & SA_SIGINFO) != 0 && bus_error_before.sa_sigaction) {
        bus_error_before.sa_sigaction(signal, info, context);
        return;
    }
    // Not ours: the instruction runs again and ends the program as it would have without us.
    std::signal(signal, SIG_DFL);
}

void handle_bus_errors()
{
    struct sigaction action = {};
    action.sa_sigaction = on_bus_error;
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, &bus_error_before);
}

} // namespace

MappingGuard::MappingGuard(std::span<const unsigned char> bytes)
    : slot_(slot_count)
{
    static std::once_flag once;
    std::call_once(once, handle_bus_errors);
    const std::lock_guard lock(slots_mutex);
    for (std::size_t index = 0; index < slots.size(); ++index) {
        if (slots[index].end != 0)
            continue;
        slot_ = index;
        const auto begin = reinterpret_cast<std::uintptr_t>(bytes.data());
        slots[index].begin = begin;
        slots[index].end = begin + bytes.size();
        return;
    }
}

MappingGuard::~MappingGuard()
{
    if (slot_ < slot_count)
        slots[slot_].end = 0;
}

void will_read(std::span<const unsigned char> bytes)
{
    static const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const auto begin = reinterpret_cast<std::uintptr_t>(bytes.data());
    const std::uintptr_t aligned = begin / page * page;
    madvise(reinterpret_cast<void *>(aligned), bytes.size() + (begin - aligned), MADV_WILLNEED);
}

void *aligned_memory(std::size_t alignment, std::size_t bytes)
{
    constexpr std::size_t huge_page = std::size_t(2) << 20U;
    void *memory = std::aligned_alloc(alignment, bytes);
    if (memory && alignment >= huge_page)
        madvise(memory, bytes, MADV_HUGEPAGE); // fewer page faults now, fewer address look-ups later
    return memory;
}

void free_aligned_memory(void *memory)
{
    std::free(memory);
}

void reuse_freed_memory()
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 32 << 20); // the most that is allowed
    mallopt(M_ARENA_MAX, 1);             // one thread's traces are freed by another
#endif
}

void keep_standard_streams()
{
    for (const int descriptor : {0, 1, 2}) {
        if (fcntl(descriptor, F_GETFD) < 0)
            ::open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY); // the lowest that is free
    }
}

void say_errors_of_writing()
{
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

bool is_terminal(std::FILE *stream)
{
    return isatty(fileno(stream)) == 1;
}

void lower_priority_of_this_thread(int by)
{
    setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + by); // Linux counts threads as processes here
}

struct HeldSignals::State {
    sigset_t held = {};
    sigset_t before = {};
};

HeldSignals::HeldSignals(Which which)
    : state_(std::make_unique<State>())
{
    if (which == Which::to_end) {
        sigemptyset(&state_->held);
        sigaddset(&state_->held, SIGINT);
        sigaddset(&state_->held, SIGTERM);
    } else {
        sigfillset(&state_->held);
        for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP})
            sigdelset(&state_->held, fault);
    }
    pthread_sigmask(SIG_BLOCK, &state_->held, &state_->before);
}

HeldSignals::~HeldSignals()
{
    pthread_sigmask(SIG_SETMASK, &state_->before, nullptr);
}

int HeldSignals::take() const
{
    const timespec at_once = {};
    return std::max(sigtimedwait(&state_->held, nullptr, &at_once), 0);
}

} // namespace encoderscope::platform
