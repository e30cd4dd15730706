// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>

#include <optional>

namespace encoderscope
{

/// The seconds that an HTTP header `Retry-After` asks for: a number, or a date of which `now` is subtracted
/// (RFC 9110, 10.2.3). Not negative; nothing when it says neither.
std::optional<qint64> retryAfter(const QByteArray &header, const QDateTime &now);

} // namespace encoderscope
