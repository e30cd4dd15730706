// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/aside.h"

#include "engine/file_writer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace encoderscope
{

namespace
{

const QString prefix = QStringLiteral(".encoderscope-");
constexpr int digits = 6;
constexpr int base = 36;

QString new_name()
{
    constexpr quint32 names = 36U * 36 * 36 * 36 * 36 * 36;
    const quint32 number = QRandomGenerator::global()->bounded(names);
    return prefix + QString::number(number, base).rightJustified(digits, QLatin1Char('0'));
}

/// True while the descriptor's file is what the path leads to.
bool is_at(int descriptor, const QByteArray &path)
{
    struct stat open = {};
    struct stat named = {};
    return fstat(descriptor, &open) == 0 && lstat(path.constData(), &named) == 0 &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

void remove(const QString &path)
{
    std::error_code ignored; // what stays is for the next to remove
    std::filesystem::remove_all(std::filesystem::path(QFile::encodeName(path).toStdString()), ignored);
}

/// Removes what programs that are no longer there left in `folder`.
void remove_leftovers(const QString &folder)
{
    const QStringList names =
        QDir(folder).entryList({prefix + QStringLiteral("??????")},
                               QDir::Files | QDir::Dirs | QDir::Hidden | QDir::CaseSensitive, QDir::Unsorted);
    for (const QString &name : names) {
        const QString path = folder + QLatin1Char('/') + name;
        const QByteArray encoded = QFile::encodeName(path);
        const int descriptor = open(encoded.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (descriptor < 0)
            continue;
        if (flock(descriptor, LOCK_EX | LOCK_NB) == 0 && is_at(descriptor, encoded))
            remove(path);
        close(descriptor);
    }
}

/// Makes it and returns its descriptor, or -1 with the reason in errno.
int make(const QByteArray &path, Aside::Kind kind)
{
    if (kind == Aside::Kind::file)
        return open(path.constData(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (mkdir(path.constData(), 0777) != 0)
        return -1;
    return open(path.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

} // namespace

Aside::Aside(const QString &target, Kind kind, const QString &name)
    : target_(target)
    , name_(name)
{
    const QString folder = QFileInfo(target).absolutePath();
    remove_leftovers(folder);
    constexpr int tries = 100;
    for (int i = 0; i < tries; ++i) {
        path_ = folder + QLatin1Char('/') + new_name();
        const QByteArray encoded = QFile::encodeName(path_);
        descriptor_ = make(encoded, kind);
        if (descriptor_ < 0 && errno == EEXIST)
            continue;
        if (descriptor_ < 0)
            throw unwritable(name, errno);
        // Before it was locked, another program may have taken it for a leftover. Where the file system has
        // no locks, nothing is ever taken for one.
        const bool taken = flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
        if (!taken && is_at(descriptor_, encoded))
            return;
        close(descriptor_);
    }
    throw unwritable(name, EEXIST);
}

Aside::~Aside()
{
    if (!path_.isEmpty())
        remove(path_);
    close(descriptor_);
}

void Aside::move_into_place()
{
    if (std::rename(QFile::encodeName(path_).constData(), QFile::encodeName(target_).constData()) != 0)
        throw unwritable(name_, errno);
    path_.clear();
}

void sync_folder(const QString &folder)
{
    const int descriptor = open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor);
    close(descriptor);
}

} // namespace encoderscope
