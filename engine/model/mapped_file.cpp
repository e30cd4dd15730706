// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/mapped_file.h"

#include "engine/regular_file.h"

#include <QCoreApplication>

#include <new>

#include <sys/stat.h>

namespace encoderscope
{

namespace
{

struct State {
    qint64 size = 0;
    qint64 modified = 0; ///< nanoseconds
};

/// Of the open file itself, whatever has become of its name. Zeros when there is no such file (resources).
State state_of(const QFile &file)
{
    struct stat status = {};
    if (file.handle() < 0 || fstat(file.handle(), &status) != 0)
        return {};
    constexpr qint64 nanoseconds = 1'000'000'000;
    return {status.st_size, status.st_mtim.tv_sec * nanoseconds + status.st_mtim.tv_nsec};
}

} // namespace

MappedFile::MappedFile(const QString &path)
    : path_(path)
    , file_(path)
{
    check_regular_file(path);
    if (!file_.open(QIODevice::ReadOnly))
        throw Error(
            QCoreApplication::translate("Model", "%1 cannot be read: %2.").arg(path, file_.errorString()));
    const qint64 size = file_.size();
    modified_ = state_of(file_).modified;
    const uchar *data = size > 0 ? file_.map(0, size) : nullptr;
    if (data) {
        bytes_ = {data, static_cast<std::size_t>(size)};
        if (file_.handle() >= 0) // a resource is part of the program: nobody shortens it
            guard_.emplace(bytes_);
        return;
    }
    try {
        read_ = file_.read(size);
    } catch (const std::bad_alloc &) {
        throw Error(QCoreApplication::translate(
                        "Model", "%1 can be neither mapped (%2) nor read into memory: it has %3 bytes.")
                        .arg(path, file_.errorString())
                        .arg(size));
    }
    if (read_.size() != size)
        throw Error(
            QCoreApplication::translate("Model", "%1 cannot be read: %2.").arg(path, file_.errorString()));
    bytes_ = {reinterpret_cast<const uchar *>(read_.constData()), static_cast<std::size_t>(size)};
}

void MappedFile::check_unchanged() const
{
    if (!guard_)
        return;
    const State now = state_of(file_);
    if (now.size == static_cast<qint64>(bytes_.size()) && now.modified == modified_)
        return;
    throw Error(QCoreApplication::translate(
                    "Model",
                    "%1 was changed by another program while it was open: it had %2 bytes and has %3 now. "
                    "Open the model again.")
                    .arg(path_)
                    .arg(bytes_.size())
                    .arg(now.size));
}

} // namespace encoderscope
