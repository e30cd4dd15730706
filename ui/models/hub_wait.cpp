// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_wait.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace encoderscope
{

std::optional<qint64> retryAfter(const QByteArray &header, const QDateTime &now)
{
    const QByteArray value = header.trimmed();
    bool number = false;
    const qint64 seconds = value.toLongLong(&number);
    if (number)
        return seconds < 0 ? std::nullopt : std::optional(seconds);
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(value),
                                             QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!date.isValid())
        return std::nullopt;
    date.setTimeZone(QTimeZone::utc());
    return std::max<qint64>(now.secsTo(date), 0);
}

} // namespace encoderscope
