// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QString>

#include <span>

namespace encoderscope
{

/// Where an entry's bytes lie in a zip file: [begin, end), counted from its start.
struct ZipEntry {
    qint64 begin = 0;
    qint64 end = 0;
};

/// True for what begins like a zip file.
bool is_zip(std::span<const uchar> bytes);

/// The entries of a zip file (PKWARE's APPNOTE 6.3, with its 64-bit sizes), by name. Entries have to be
/// stored uncompressed, each name once, no two over each other: then what they hold can be mapped. `file` is
/// for messages. Throws Error.
QMap<QString, ZipEntry> read_zip_directory(std::span<const uchar> bytes, const QString &file);

} // namespace encoderscope
