// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace encoderscope
{

/// A file system of a few kilobytes that only this process and those that it starts see; the system takes it
/// away when they end. To be made before the process has a second thread.
class SmallDisk
{
public:
    explicit SmallDisk(qint64 kilobytes) { make(kilobytes); }
    ~SmallDisk()
    {
        if (mounted_)
            umount2(QFile::encodeName(folder_.path()).constData(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    /// Empty when it is there.
    const QString &problem() const { return problem_; }
    QString path(const QString &name) const { return folder_.filePath(name); }

    /// Fills it until only so much is left.
    bool leave(qint64 kilobytes) const
    {
        const QByteArray ballast = QFile::encodeName(path(QStringLiteral("ballast")));
        unlink(ballast.constData());
        struct statvfs info = {};
        statvfs(QFile::encodeName(folder_.path()).constData(), &info);
        const auto unit = static_cast<qint64>(info.f_frsize);
        const qint64 fill = static_cast<qint64>(info.f_bavail) * unit - kilobytes * 1024;
        const int descriptor = open(ballast.constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        const bool filled = fill >= 0 && (fill == 0 || posix_fallocate(descriptor, 0, fill) == 0);
        close(descriptor);
        return filled;
    }

private:
    void make(qint64 kilobytes)
    {
        const uid_t user = getuid();
        const gid_t group = getgid();
        // Root may mount; others may in a name space of their own, where the system allows that.
        if (unshare(CLONE_NEWNS) != 0) {
            if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
                return fail("unshare");
            write("/proc/self/setgroups", "deny");
            write("/proc/self/uid_map", "0 " + QByteArray::number(user) + " 1");
            write("/proc/self/gid_map", "0 " + QByteArray::number(group) + " 1");
        }
        if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
            return fail("mount /");
        const QByteArray options = "size=" + QByteArray::number(kilobytes) + "k";
        if (mount("tmpfs", QFile::encodeName(folder_.path()).constData(), "tmpfs", 0, options.constData()) !=
            0)
            return fail("mount tmpfs");
        mounted_ = true;
    }

    void fail(const char *step)
    {
        problem_ = QStringLiteral("no small file system: %1: %2")
                       .arg(QLatin1String(step), QString::fromLocal8Bit(std::strerror(errno)));
    }
    static void write(const char *path, const QByteArray &text)
    {
        QFile file(QString::fromLatin1(path));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
    }

    QTemporaryDir folder_;
    QString problem_;
    bool mounted_ = false;
};

} // namespace encoderscope
