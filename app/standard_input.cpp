// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/standard_input.h"

#include "engine/error.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace encoderscope
{

bool StandardInput::next(QByteArray &line)
{
    constexpr qsizetype longest = 64LL * 1024 * 1024;
    constexpr qsizetype piece = 64LL * 1024;
    qsizetype searched = at_;
    qsizetype end = read_.indexOf('\n', searched);
    while (end < 0 && !ended_) {
        read_.remove(0, at_);
        at_ = 0;
        if (read_.size() > longest)
            throw Error(
                QCoreApplication::translate(
                    "Command", "A line of standard input is longer than %1 bytes, the most that is read.")
                    .arg(longest));
        searched = read_.size();
        read_.resize(searched + piece);
        const ssize_t count = ::read(STDIN_FILENO, read_.data() + searched, piece);
        const int reason = errno;
        read_.resize(searched + std::max<ssize_t>(count, 0));
        if (count < 0 && reason != EINTR)
            throw Error(QCoreApplication::translate("Command", "Standard input cannot be read: %1.")
                            .arg(QString::fromLocal8Bit(std::strerror(reason))));
        ended_ = count == 0;
        end = read_.indexOf('\n', searched);
    }
    if (end < 0)
        end = read_.size();
    if (end == at_ && end == read_.size())
        return false;
    line = read_.sliced(at_, end - at_);
    at_ = std::min(end + 1, read_.size());
    return true;
}

} // namespace encoderscope
