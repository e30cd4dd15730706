// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace encoderscope
{

/// Two sentences that differ in one thing.
struct MinimalPair {
    QString first;
    QString second;
    QString look; ///< what to look for; may be empty

    bool operator==(const MinimalPair &) const = default;
};

/// By its name.
bool is_pairs_file(const QString &file);

/// The largest file of pairs that is read, in bytes.
constexpr qint64 largest_pairs_file = 16LL * 1024 * 1024;
/// The longest sentence of a pair, in UTF-16 units.
constexpr qsizetype longest_sentence = 20'000;

/// Pairs of a TSV file, one a line: first sentence, tab, second sentence, and, after another tab, what to
/// look for. UTF-8; a byte order mark, empty lines and lines that begin with # are passed over; quotation
/// marks are part of a sentence. Throws Error that names the file, the first line that is wrong, what was
/// found and what was expected.
std::vector<MinimalPair> read_minimal_pairs(const QString &file);
/// The same from the bytes of a file; `file` is only named in messages.
std::vector<MinimalPair> parse_minimal_pairs(const QByteArray &bytes, const QString &file);

} // namespace encoderscope
