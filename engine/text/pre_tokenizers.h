// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/patterns.h"
#include "engine/text/pipeline.h"

namespace encoderscope
{

/// What becomes of the stretches that a text is cut at.
enum class SplitBehavior {
    removed,
    isolated, ///< each is a word
    merged_with_previous,
    merged_with_next,
    contiguous, ///< neighbours together are a word
};

/// Cuts at what `pattern` finds, if only the place between two characters; inverted: what it finds are the
/// words, and what lies between is what the text is cut at.
PreTokenizer split_pre_tokenizer(const QRegularExpression &pattern, SplitBehavior behavior, bool inverted);
PreTokenizer punctuation_pre_tokenizer(SplitBehavior behavior);
PreTokenizer whitespace_split_pre_tokenizer();
/// Runs of word characters, and runs of other characters that are no white space.
PreTokenizer whitespace_pre_tokenizer();
PreTokenizer digits_pre_tokenizer(bool individual);

enum class PrependScheme { never, first, always };
/// SentencePiece's: blanks become `mark`, one is put before the text, and each begins a word (when `split`).
PreTokenizer metaspace_pre_tokenizer(const QString &mark, PrependScheme prepend, bool split);

/// Cuts where the script changes: Latin, Hangul, Han (which kana belong to) ...
PreTokenizer unicode_scripts_pre_tokenizer();
/// Cuts at one character, which is left out.
PreTokenizer delimiter_pre_tokenizer(char32_t delimiter);
/// Words of so many characters (at least 1), the last of what is left.
PreTokenizer fixed_length_pre_tokenizer(std::size_t length);

PreTokenizer sequence_pre_tokenizer(std::vector<PreTokenizer> pre_tokenizers);

} // namespace encoderscope
