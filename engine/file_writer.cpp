// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/file_writer.h"

#include "engine/platform/platform.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

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

/// Gives the file at `to` the permissions of the one at `from`.
void copy_permissions(const QString &from, const QString &to)
{
    namespace fs = std::filesystem;
    std::error_code ignored; // its own are as good as any
    const fs::perms permissions = fs::status(QFile::encodeName(from).toStdString(), ignored).permissions();
    fs::permissions(QFile::encodeName(to).toStdString(), permissions & fs::perms::all, ignored);
}

} // namespace

FileWriter::FileWriter(const QString &path, Care care)
    : path_(path)
    , care_(care)
{
    const QFileInfo there(path);
    int reason = 0;
    if (is_standard_output(path)) {
        constexpr int standard_output = 1;
        std::fflush(stdout);
        direct_.open(standard_output, QIODevice::WriteOnly | QIODevice::Unbuffered);
    } else if (there.exists() && !there.isFile()) {
        direct_.setFileName(path);
        reason = platform::open_to_write(direct_);
    } else if (path.isEmpty()) {
        reason = ENOENT;
    } else if (there.exists() && !there.isWritable()) {
        reason = EACCES;
    } else {
        target_ = followed(path);
        aside_.emplace(target_, Aside::Kind::file, path);
        if (there.exists())
            copy_permissions(path, aside_->path());
    }
    if (reason != 0)
        throw unwritable(path, reason);
    file_ = aside_ ? &aside_->file() : &direct_;
    open(QIODevice::WriteOnly | QIODevice::Unbuffered);
}

FileWriter::~FileWriter() = default;

void FileWriter::put(QByteArrayView bytes)
{
    if (writeData(bytes.data(), bytes.size()) < 0)
        throw unwritable(path_, failure_);
}

void FileWriter::commit()
{
    const bool sync = aside_ && care_ == Care::synced;
    flush_buffer();
    if (failure_ == 0 && sync)
        fail(platform::sync(*file_));
    if (failure_ == 0)
        fail(platform::said_by_closing(*file_)); // while the file before is still there
    if (failure_ != 0)
        throw unwritable(path_, failure_);
    if (aside_)
        aside_->move_into_place();
    if (sync)
        platform::sync_folder(QFileInfo(target_).path());
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
        fail(platform::write(*file_, data, size));
        return failure_ == 0 ? size : -1;
    }
    buffer_.append(data, size);
    return size;
}

bool FileWriter::flush_buffer()
{
    if (failure_ != 0)
        return false;
    fail(platform::write(*file_, buffer_.constData(), buffer_.size()));
    buffer_.resize(0);
    return failure_ == 0;
}

void FileWriter::fail(int reason)
{
    failure_ = reason;
    if (reason != 0)
        setErrorString(unwritable(path_, reason).message());
}

void write_file(const QString &path, QByteArrayView bytes, FileWriter::Care care)
{
    FileWriter writer(path, care);
    writer.put(bytes);
    writer.commit();
}

void publish(QFile &file, const QString &target)
{
    int reason = platform::sync(file);
    file.close();
    if (reason == 0)
        reason = move_over(file.fileName(), target);
    if (reason != 0)
        throw unwritable(target, reason);
    platform::sync_folder(QFileInfo(target).path());
}

Error unwritable(const QString &path, int reason)
{
    const auto said = [reason] {
        switch (reason) {
        case ENOSPC:
#ifdef EDQUOT
        case EDQUOT:
#endif
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
