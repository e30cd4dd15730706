// SPDX-License-Identifier: GPL-3.0-or-later
// For systems that nobody has written a file for: nothing but Qt and the standard library.
#include "engine/platform/platform.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QThread>

#include <array>
#include <cerrno>
#include <csignal>
#include <new>
#include <utility>

namespace encoderscope::platform
{

namespace
{

/// What Qt says of its last error, as in errno.
int reason_of(const QFile &file)
{
    switch (file.error()) {
    case QFileDevice::PermissionsError:
        return EACCES;
    case QFileDevice::ResourceError:
        return ENOSPC;
    default:
        break;
    }
    const QFileInfo info(file.fileName());
    if (info.isDir())
        return EISDIR;
    return info.exists() ? EIO : ENOENT;
}

} // namespace

int make_file(const QString &path)
{
    if (QFileInfo::exists(path))
        return EEXIST;
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly) ? 0 : reason_of(file);
}

int open_to_read(QFile &file)
{
    return file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) ? 0 : reason_of(file);
}

int open_to_write(QFile &file)
{
    constexpr auto mode = QIODevice::WriteOnly | QIODevice::ExistingOnly | QIODevice::Unbuffered;
    return file.open(mode) ? 0 : reason_of(file);
}

qint64 read(QFile &file, char *to, qint64 most)
{
    const qint64 count = file.read(to, most);
    return count >= 0 ? count : -reason_of(file);
}

int write(QFile &file, const char *from, qint64 size)
{
    while (size > 0) {
        const qint64 written = file.write(from, size);
        if (written <= 0)
            return reason_of(file);
        from += written;
        size -= written;
    }
    return file.flush() ? 0 : reason_of(file);
}

int sync(QFile &file)
{
    return file.flush() ? 0 : reason_of(file);
}

void sync_folder(const QString & /*folder*/) {}

int said_by_closing(QFile & /*file*/)
{
    return 0;
}

FileState state_of(const QFile &file)
{
    if (file.handle() < 0)
        return {};
    constexpr qint64 nanoseconds = 1'000'000;
    return {file.size(), file.fileTime(QFileDevice::FileModificationTime).toMSecsSinceEpoch() * nanoseconds};
}

Lock::Lock(const QString &path)
    : state_(QFileInfo::exists(path) ? State::unknown : State::none)
{
}

Lock::~Lock() = default;

Lock::Lock(Lock &&other) noexcept = default;

Lock &Lock::operator=(Lock &&other) noexcept = default;

MappingGuard::MappingGuard(std::span<const unsigned char> /*bytes*/)
    : slot_(0)
{
}

MappingGuard::~MappingGuard() = default;

void will_read(std::span<const unsigned char> /*bytes*/) {}

// The alignment lies before the memory: operator delete wants to know it too.
void *aligned_memory(std::size_t alignment, std::size_t bytes)
{
    void *all = ::operator new(bytes + alignment, std::align_val_t(alignment), std::nothrow);
    if (!all)
        return nullptr;
    void *memory = static_cast<std::byte *>(all) + alignment;
    static_cast<std::size_t *>(memory)[-1] = alignment;
    return memory;
}

void free_aligned_memory(void *memory)
{
    if (!memory)
        return;
    const std::size_t alignment = static_cast<std::size_t *>(memory)[-1];
    ::operator delete(static_cast<std::byte *>(memory) - alignment, std::align_val_t(alignment));
}

void reuse_freed_memory() {}

void keep_standard_streams() {}

void say_errors_of_writing()
{
#ifdef SIGPIPE
    std::signal(SIGPIPE, SIG_IGN);
#endif
#ifdef SIGXFSZ
    std::signal(SIGXFSZ, SIG_IGN);
#endif
}

bool is_terminal(std::FILE * /*stream*/)
{
    return false;
}

void lower_priority_of_this_thread(int /*by*/)
{
    QThread::currentThread()->setPriority(QThread::LowPriority);
}

namespace
{

constexpr std::array<int, 2> signals_to_end = {SIGINT, SIGTERM};
volatile std::sig_atomic_t signal_noted = 0;

extern "C" void note_signal(int signal)
{
    signal_noted = signal;
    std::signal(signal, note_signal); // some systems forget it after the first
}

} // namespace

struct HeldSignals::State {
    using Handler = void (*)(int);
    std::array<Handler, signals_to_end.size()> before = {};
};

HeldSignals::HeldSignals(Which which)
    : state_(which == Which::to_end ? std::make_unique<State>() : nullptr)
{
    for (std::size_t i = 0; state_ && i < signals_to_end.size(); ++i)
        state_->before[i] = std::signal(signals_to_end[i], note_signal);
}

HeldSignals::~HeldSignals()
{
    for (std::size_t i = 0; state_ && i < signals_to_end.size(); ++i)
        std::signal(signals_to_end[i], state_->before[i]);
    if (const int came = take())
        std::raise(came);
}

int HeldSignals::take() const
{
    if (!state_)
        return 0;
    const int came = signal_noted;
    signal_noted = 0;
    return came;
}

} // namespace encoderscope::platform
