// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/normalizers.h"

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

/// Cuts at what `pattern` finds; inverted: at what it does not find.
PreTokenizer split_pre_tokenizer(const QRegularExpression &pattern, SplitBehavior behavior, bool inverted);
PreTokenizer punctuation_pre_tokenizer(SplitBehavior behavior);
PreTokenizer whitespace_split_pre_tokenizer();
/// Runs of word characters, and runs of other characters that are no white space.
PreTokenizer whitespace_pre_tokenizer();
PreTokenizer digits_pre_tokenizer(bool individual);

enum class PrependScheme { never, first, always };
/// SentencePiece's: blanks become `mark`, one is put before the text, and each begins a word (when `split`).
PreTokenizer metaspace_pre_tokenizer(const QString &mark, PrependScheme prepend, bool split);

PreTokenizer sequence_pre_tokenizer(std::vector<PreTokenizer> pre_tokenizers);

} // namespace encoderscope
