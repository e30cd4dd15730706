// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"

#include <QByteArray>
#include <QString>

namespace encoderscope
{

/// The largest tokenizer file that is read; the largest in use have about 20 MB.
constexpr qint64 largest_tokenizer_file = 128LL * 1024 * 1024;

/// The bytes of a file. Throws Error when it cannot be read or has more than `most_bytes`; nothing is
/// allocated for it before.
QByteArray read_bytes(const QString &file, qint64 most_bytes = largest_tokenizer_file);

/// UTF-8 as text; wrong bytes become U+FFFD. Keeps a leading U+FEFF, which Qt takes for a byte order mark.
QString text_of_utf8(QByteArrayView bytes);

/// `text` with U+FFFD for each half of a surrogate pair that stands alone: no file could hold it.
QString well_formed(QString text);

/// `text` short enough for a message, without control characters.
QString shortened(const QString &text);

/// UTF-8 as text, without a byte order mark. Throws Error naming `file` and the place of the first wrong
/// byte.
QString text_of(const QByteArray &bytes, const QString &file);

} // namespace encoderscope
