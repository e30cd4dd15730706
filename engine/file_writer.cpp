// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/file_writer.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace encoderscope
{

namespace
{

constexpr qsizetype buffer_size = 256 * 1024;

bool is_standard_output(const QString &path)
{
    return path == QLatin1String("-");
}

/// Where symbolic links lead, which need not be there.
QString followed(const QString &path)
{
    QString result = QFileInfo(path).absoluteFilePath();
    constexpr int most_links = 40; // as the kernel
    for (int i = 0; i < most_links; ++i) {
        const QFileInfo info(result);
        if (!info.isSymbolicLink())
            return result;
        result = QFileInfo(info.symLinkTarget()).absoluteFilePath();
    }
    throw unwritable(path, ELOOP);
}

/// Some network file systems say only when a file is closed that it could not be written: closes a twin, so
/// that they do while the file before is still there.
bool closes(int descriptor)
{
    const int twin = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    return twin >= 0 && close(twin) == 0;
}

} // namespace

FileWriter::FileWriter(const QString &path, Care care)
    : path_(path)
    , care_(care)
{
    struct stat there = {};
    const bool exists = !is_standard_output(path) && stat(QFile::encodeName(path).constData(), &there) == 0;
    if (is_standard_output(path)) {
        std::fflush(stdout);
        descriptor_ = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
    } else if (exists && !S_ISREG(there.st_mode)) {
        descriptor_ = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_NOCTTY | O_CLOEXEC);
    } else {
        if (path.isEmpty())
            throw unwritable(path, ENOENT);
        if (exists && access(QFile::encodeName(path).constData(), W_OK) != 0)
            throw unwritable(path, errno);
        target_ = followed(path);
        aside_.emplace(target_, Aside::Kind::file, path);
        descriptor_ = aside_->descriptor();
        if (exists)
            fchmod(descriptor_, there.st_mode & 0777U);
    }
    if (descriptor_ < 0)
        throw unwritable(path, errno);
    open(QIODevice::WriteOnly | QIODevice::Unbuffered);
}

FileWriter::~FileWriter()
{
    if (!aside_ && descriptor_ >= 0)
        ::close(descriptor_);
}

void FileWriter::put(QByteArrayView bytes)
{
    if (writeData(bytes.data(), bytes.size()) < 0)
        throw unwritable(path_, failure_);
}

void FileWriter::commit()
{
    const bool sync = aside_ && care_ == Care::synced;
    if (flush_buffer() && sync && fsync(descriptor_) != 0)
        fail(errno);
    if (failure_ == 0 && !closes(descriptor_))
        fail(errno);
    if (failure_ != 0)
        throw unwritable(path_, failure_);
    if (aside_)
        aside_->move_into_place();
    if (sync)
        sync_folder(QFileInfo(target_).path());
    close();
}

qint64 FileWriter::readData(char *, qint64)
{
    return -1;
}

qint64 FileWriter::writeData(const char *data, qint64 size)
{
    if (failure_ != 0)
        return -1;
    if (buffer_.size() + size > buffer_size && !flush_buffer())
        return -1;
    if (size > buffer_size) {
        if (const int reason = write_bytes(descriptor_, data, size); reason != 0) {
            fail(reason);
            return -1;
        }
        return size;
    }
    buffer_.append(data, size);
    return size;
}

bool FileWriter::flush_buffer()
{
    if (failure_ != 0)
        return false;
    const int reason = write_bytes(descriptor_, buffer_.constData(), buffer_.size());
    buffer_.resize(0);
    return reason == 0 || fail(reason);
}

bool FileWriter::fail(int reason)
{
    failure_ = reason;
    setErrorString(unwritable(path_, reason).message());
    return false;
}

void write_file(const QString &path, QByteArrayView bytes, FileWriter::Care care)
{
    FileWriter writer(path, care);
    writer.put(bytes);
    writer.commit();
}

void publish(QFile &file, const QString &target)
{
    if (!file.flush() || fsync(file.handle()) != 0)
        throw unwritable(target, errno);
    const QByteArray from = QFile::encodeName(file.fileName());
    file.close();
    if (std::rename(from.constData(), QFile::encodeName(target).constData()) != 0)
        throw unwritable(target, errno);
    sync_folder(QFileInfo(target).path());
}

int write_bytes(int descriptor, const char *data, qint64 size)
{
    while (size > 0) {
        const ssize_t written = ::write(descriptor, data, static_cast<std::size_t>(size));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written < 0 ? errno : EIO;
        data += written;
        size -= written;
    }
    return 0;
}

Error unwritable(const QString &path, int reason)
{
    const auto said = [reason] {
        switch (reason) {
        case ENOSPC:
        case EDQUOT:
            return QCoreApplication::translate("Files", "there is no space left for it");
        case EFBIG:
            return QCoreApplication::translate("Files", "it is larger than files may be here");
        case EACCES:
        case EPERM:
        case EROFS:
            return QCoreApplication::translate("Files", "you may not write there");
        case ENOENT:
        case ENOTDIR:
            return QCoreApplication::translate("Files", "its folder does not exist");
        case EISDIR:
            return QCoreApplication::translate("Files", "it is a folder");
        case EBADF:
            return QCoreApplication::translate("Files", "it is closed");
        case EPIPE:
            return QCoreApplication::translate("Files", "its reader has gone");
        default:
            return QString::fromLocal8Bit(std::strerror(reason));
        }
    };
    const QString name =
        is_standard_output(path) ? QCoreApplication::translate("Files", "Standard output") : path;
    return Error(QCoreApplication::translate("Files", "%1 cannot be written: %2.").arg(name, said()));
}

} // namespace encoderscope
