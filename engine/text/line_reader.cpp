// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/line_reader.h"

#include "engine/error.h"
#include "engine/platform/platform.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cstring>

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
        constexpr int standard_input = 0;
        file_.open(standard_input, QIODevice::ReadOnly | QIODevice::Unbuffered);
        return;
    }
    name_ = path;
    file_.setFileName(path);
    if (const int reason = platform::open_to_read(file_); reason != 0)
        throw unreadable(name_, reason);
    if (QFileInfo(path).isFile())
        size_ = platform::state_of(file_).size;
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
            throw Error(Messages::tr("%1, line %2: it is longer than %3 bytes, the most that is read.")
                            .arg(name_)
                            .arg(given_ + 1)
                            .arg(longest));
        searched = read_.size();
        read_.resize(searched + piece);
        const qint64 count = platform::read(file_, read_.data() + searched, piece);
        read_.resize(searched + std::max<qint64>(count, 0));
        if (count < 0)
            throw unreadable(name_, static_cast<int>(-count));
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
    ++given_;
    return true;
}

} // namespace encoderscope
