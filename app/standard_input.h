// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace encoderscope
{

/// The lines of standard input, each as soon as it has come; any bytes. Not by stdio, whose fgets() loses
/// what follows a NUL, nor by QFile, which takes an error of reading for the end.
class StandardInput
{
public:
    /// The next line without its end; false after the last. Throws Error when it cannot be read or is longer
    /// than 64 MiB.
    bool next(QByteArray &line);

private:
    QByteArray read_;
    qsizetype at_ = 0; ///< where the next line begins in it
    bool ended_ = false;
};

} // namespace encoderscope
