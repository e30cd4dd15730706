// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/progress_line.h"

#include "engine/platform/platform.h"

#include <QCoreApplication>

namespace encoderscope
{

QString duration(double seconds)
{
    const auto whole = static_cast<qint64>(seconds);
    if (whole >= 3600)
        return QCoreApplication::translate("Command", "%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
    if (whole >= 60)
        return QCoreApplication::translate("Command", "%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return QCoreApplication::translate("Command", "%1 s").arg(whole);
}

ProgressLine::ProgressLine(std::FILE *stream)
    : stream_(stream)
    , terminal_(platform::is_terminal(stream))
{
    since_.start();
}

bool ProgressLine::due() const
{
    return seconds() >= (terminal_ ? 0.5 : 10.0);
}

void ProgressLine::show(const QString &line)
{
    std::fputs(qUtf8Printable(terminal_ ? QStringLiteral("\r\u001B[K") + line : line + QLatin1Char('\n')),
               stream_);
    std::fflush(stream_);
    shown_ = terminal_;
    since_.start();
}

void ProgressLine::end()
{
    if (shown_)
        std::fputc('\n', stream_);
    shown_ = false;
}

} // namespace encoderscope
