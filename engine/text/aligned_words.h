// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/token.h"

#include <stop_token>
#include <vector>

namespace encoderscope
{

/// Characters [begin, end) of a sentence, in UTF-16 units.
struct TextSpan {
    int segment = 0; ///< 0 = sentence A, 1 = sentence B
    qsizetype begin = 0;
    qsizetype end = 0;
};

/// Spans of two texts that are partners.
struct AlignedSpans {
    TextSpan now;
    TextSpan reference;
};

/// Which characters of two inputs' sentences are partners, in order, as align_tokens() says: user-perceived
/// ones, blanks, and stretches of words that stand for each other although they differ. Only what tokens
/// stand for counts. Words that have spans of `together` stand for each other as common words do, where no
/// common word loses its partner by it; else the others are aligned without them. Empty when stopped.
std::vector<AlignedSpans> align_texts(const Encoding &now, const Encoding &reference,
                                      const std::vector<AlignedSpans> &together, const std::stop_token &stop);

/// The characters as Unicode writes them in one way.
QString composed(const QString &text, const TextSpan &span);

} // namespace encoderscope
