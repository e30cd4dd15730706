// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>

namespace encoderscope
{

/// The lines of a file or of standard input, each as soon as it has come; any bytes. Not by stdio, whose
/// fgets() loses what follows a NUL, nor by QFile::read(), which takes an error of reading for the end.
class LineReader
{
public:
    /// `-` is standard input. Throws Error when the file cannot be opened.
    explicit LineReader(const QString &path);

    /// The next line without its end; false after the last. Throws Error when it cannot be read or is longer
    /// than 64 MiB.
    bool next(QByteArray &line);

    /// Bytes of the lines given so far, their ends included.
    qint64 position() const { return position_; }
    /// Bytes of the file; -1 where that is not known before its end.
    qint64 size() const { return size_; }

private:
    QString name_; ///< for messages
    QFile file_;
    qint64 size_ = -1;
    qint64 position_ = 0;
    qint64 given_ = 0; ///< lines
    QByteArray read_;
    qsizetype at_ = 0; ///< where the next line begins in it
    bool ended_ = false;
};

} // namespace encoderscope
