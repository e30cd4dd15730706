// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/patterns.h"
#include "engine/text/pipeline.h"

namespace encoderscope
{

enum class UnicodeForm { nfc, nfd, nfkc, nfkd };

Normalizer unicode_normalizer(UnicodeForm form);
Normalizer lowercase_normalizer();
/// Drops all marks (of Unicode 9, which the reference implementation knows); decomposes no letter before.
Normalizer strip_accents_normalizer();
/// Drops white space at the ends.
Normalizer strip_normalizer(bool left, bool right);
Normalizer prepend_normalizer(const QString &prefix);
/// Puts `content` in the place of whatever `pattern` finds.
Normalizer replace_normalizer(const QRegularExpression &pattern, const QString &content);
/// Drops control characters and turns unusual blanks into blanks, as sentencepiece's "nmt" does.
Normalizer nmt_normalizer();
/// Each byte of the text's UTF-8 as a printable character, as byte-level BPE has them.
Normalizer byte_level_normalizer();
Normalizer sequence_normalizer(std::vector<Normalizer> normalizers);

} // namespace encoderscope
