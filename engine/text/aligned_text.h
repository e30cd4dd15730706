// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <span>
#include <vector>

namespace encoderscope
{

/// A code point of the text on its way to pieces, and the typed UTF-16 units [begin, end) that it came from.
struct AlignedCharacter {
    char32_t value = 0;
    qsizetype begin = 0;
    qsizetype end = 0;

    bool operator==(const AlignedCharacter &) const = default;
};

using AlignedText = std::vector<AlignedCharacter>;
using AlignedView = std::span<const AlignedCharacter>;

/// The code points of `text`; a lone surrogate becomes U+FFFD, as in every conversion to UTF-8.
AlignedText aligned_text(const QString &text);
QString to_string(AlignedView text);

/// Starts of the user-perceived characters (grapheme clusters) of `text`, and its size as the last one.
std::vector<std::size_t> cluster_bounds(AlignedView text);

/// The version of Unicode whose decompositions the reference implementation knows; Python's tokenizers know
/// all that are known here (QChar::Unicode_Unassigned).
constexpr QChar::UnicodeVersion reference_forms = QChar::Unicode_11_0;
/// Canonical (NFD) or compatibility (NFKD) decomposition; each part keeps its character's source.
AlignedText decomposed(AlignedView text, bool compatibility, QChar::UnicodeVersion version = reference_forms);
/// Canonical composition (NFC); a composed character's source is the union of its parts' sources.
AlignedText composed(AlignedView text, QChar::UnicodeVersion version = reference_forms);
/// Lower case, character by character (no final sigma), with İ becoming i and a dot above.
AlignedText lowercased(AlignedView text);
/// General category in Unicode 8.0, the version that the reference implementation of these tokenizers
/// classifies characters by (it knows later characters as unassigned). What Qt has, but for the few that
/// changed since.
QChar::Category reference_category(char32_t c);
/// Without the non-spacing marks of Unicode 8.0.
AlignedText without_marks(AlignedView text);

/// White space as Unicode's White_Space property has it.
bool is_space(char32_t c);
/// As \w of regular expressions over Unicode (Annex 18): letters, also the circled and squared ones, numbers
/// that are letters or digits, marks, connecting punctuation, joiners.
bool is_word_character(char32_t c);

} // namespace encoderscope
