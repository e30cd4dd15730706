// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/pipeline.h"

namespace encoderscope
{

/// The bytes of the text's UTF-8, each shown as a printable character (GPT-2's table: "Ġ" is a blank); each
/// keeps its character's source.
AlignedText as_byte_characters(AlignedView text);

/// GPT-2's and RoBERTa's: text -> words with the blank before them (when `split`), as byte characters.
/// `add_prefix_space`: a text that does not begin with a blank gets one.
PreTokenizer byte_level_pre_tokenizer(bool add_prefix_space, bool split);

} // namespace encoderscope
