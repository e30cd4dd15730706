// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/mapped_file.h"

#include "engine/regular_file.h"

#include <QCoreApplication>

#include <new>

namespace encoderscope
{

MappedFile::MappedFile(const QString &path)
    : path_(path)
    , file_(path)
{
    check_regular_file(path);
    if (!file_.open(QIODevice::ReadOnly))
        throw Error(
            QCoreApplication::translate("Model", "%1 cannot be read: %2.").arg(path, file_.errorString()));
    const qint64 size = file_.size();
    opened_ = platform::state_of(file_);
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
    const platform::FileState now = platform::state_of(file_);
    if (now.size == static_cast<qint64>(bytes_.size()) && now.modified == opened_.modified)
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
