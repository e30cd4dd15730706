// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/pipeline.h"

#include <QByteArray>

namespace encoderscope
{

/// The normalizer in a sentencepiece model: a table of replacements, compiled to a double-array trie over
/// UTF-8 bytes, followed by the replacements, each ended by a zero byte. As the reference implementation
/// applies it: a short user-perceived character is replaced as a whole when the table has its beginning, else
/// each of its code points is looked up. Throws Error (without file and field) when the table is not one.
Normalizer charsmap_normalizer(const QByteArray &charsmap);
/// The same table as sentencepiece itself applies it: at each place the longest text that the table has.
Normalizer sentencepiece_charsmap_normalizer(const QByteArray &charsmap);

} // namespace encoderscope
