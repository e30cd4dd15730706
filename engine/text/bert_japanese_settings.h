// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/bert_japanese.h"
#include "engine/text/tokenizer_settings.h"

namespace encoderscope
{

/// What tokenizer_config.json says of a BertJapaneseTokenizer. Throws Error, naming file and field, for
/// another program than MeCab, for options of its own (they could name any file), and where its dictionary,
/// or the library, is not here.
BertJapaneseOptions bert_japanese_options(const TokenizerSettings &settings);

} // namespace encoderscope
