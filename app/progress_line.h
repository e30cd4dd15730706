// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QString>

#include <cstdio>

namespace encoderscope
{

/// "2 h 5 min", "3 min 10 s", "12 s".
QString duration(double seconds);

/// How far a command is: one line that is written over on a terminal, and a line now and then in a file.
class ProgressLine
{
public:
    explicit ProgressLine(std::FILE *stream);

    /// Whether enough time has gone by since show() to show something again.
    bool due() const;
    /// Seconds since show(), or since the beginning.
    double seconds() const { return static_cast<double>(since_.elapsed()) / 1000.0; }
    void show(const QString &line);
    /// Other lines may follow.
    void end();

private:
    std::FILE *stream_;
    bool terminal_;
    bool shown_ = false;
    QElapsedTimer since_;
};

} // namespace encoderscope
