// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/aside.h"
#include "engine/error.h"

#include <QByteArrayView>
#include <QFile>

#include <optional>

namespace encoderscope
{

/// Writes one file, which appears whole or not at all: what is written goes aside and takes the place of the
/// file before in commit(). Every file that the program saves goes through here.
///
/// `-` is standard output. What is there and is no regular file, such as a device or a pipe, is written to
/// directly; a symbolic link is followed. An existing file's permissions are kept.
class FileWriter : public QIODevice
{
public:
    enum class Care {
        flushed, ///< the system has taken all of it
        synced   ///< and has put it on the disk: survives a power failure
    };

    /// Throws Error that names the path.
    explicit FileWriter(const QString &path, Care care = Care::flushed);
    /// Without commit(), the file before stays.
    ~FileWriter() override;

    bool isSequential() const override { return true; }
    /// Like write(), but throws Error when it cannot all be written.
    void put(QByteArrayView bytes);
    /// Puts the file in its place. Throws Error when that fails or when any write before failed; the file
    /// before is then as it was.
    void commit();

protected:
    qint64 readData(char *data, qint64 size) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    bool flush_buffer();
    /// 0: nothing has failed.
    void fail(int reason);

    QString path_; ///< as given, for messages
    Care care_;
    QString target_;             ///< where links lead
    std::optional<Aside> aside_; ///< not set: written to directly
    QFile direct_;               ///< what is written to then
    QFile *file_ = nullptr;
    QByteArray buffer_;
    int failure_ = 0; ///< the first error, as in errno
};

/// Writes a small file at once. Throws Error.
void write_file(const QString &path, QByteArrayView bytes, FileWriter::Care care = FileWriter::Care::flushed);

/// The end of a file that came in pieces, perhaps over several runs: syncs what was written to `file`, closes
/// it and renames it to `target`, over what is there. Throws Error.
void publish(QFile &file, const QString &target);

/// What is thrown for a file that could not be written: names it and the reason, which is as in errno.
Error unwritable(const QString &path, int reason);

} // namespace encoderscope
