// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/line_reader.h"

#include "engine/error.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace encoderscope
{

namespace
{

struct Messages {
    Q_DECLARE_TR_FUNCTIONS(LineReader)
};

Error unreadable(const QString &name, int reason)
{
    return Error(
        Messages::tr("%1 cannot be read: %2.").arg(name, QString::fromLocal8Bit(std::strerror(reason))));
}

} // namespace

LineReader::LineReader(const QString &path)
{
    if (path == QStringLiteral("-")) {
        name_ = Messages::tr("Standard input");
        descriptor_ = STDIN_FILENO;
        return;
    }
    name_ = path;
    descriptor_ = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor_ < 0)
        throw unreadable(name_, errno);
    own_ = true;
    struct stat status = {};
    if (fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode))
        size_ = status.st_size;
}

LineReader::~LineReader()
{
    if (own_)
        ::close(descriptor_);
}

bool LineReader::next(QByteArray &line)
{
    constexpr qsizetype longest = 64LL * 1024 * 1024;
    constexpr qsizetype piece = 64LL * 1024;
    qsizetype searched = at_;
    qsizetype end = read_.indexOf('\n', searched);
    while (end < 0 && !ended_) {
        read_.remove(0, at_);
        at_ = 0;
        if (read_.size() > longest)
            throw Error(Messages::tr("%1: a line is longer than %2 bytes, the most that is read.")
                            .arg(name_)
                            .arg(longest));
        searched = read_.size();
        read_.resize(searched + piece);
        const ssize_t count = ::read(descriptor_, read_.data() + searched, piece);
        const int reason = errno;
        read_.resize(searched + std::max<ssize_t>(count, 0));
        if (count < 0 && reason != EINTR)
            throw unreadable(name_, reason);
        ended_ = count == 0;
        end = read_.indexOf('\n', searched);
    }
    if (end < 0)
        end = read_.size();
    if (end == at_ && end == read_.size())
        return false;
    line = read_.sliced(at_, end - at_);
    position_ += std::min(end + 1, read_.size()) - at_;
    at_ = std::min(end + 1, read_.size());
    return true;
}

} // namespace encoderscope
