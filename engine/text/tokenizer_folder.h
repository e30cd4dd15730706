// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/tokenizer.h"

namespace encoderscope
{

/// The tokenizer of a model folder as the ecosystem lays it out: `tokenizer.json`, or `vocab.txt`
/// (WordPiece), `vocab.json` and `merges.txt` (byte-level BPE), `spiece.model` (ALBERT) or
/// `sentencepiece.bpe.model` (XLM-R), each with what `tokenizer_config.json` and `special_tokens_map.json`
/// say. Needs no weights. Throws Error naming file and field when there is none, or it is broken or not
/// supported.
TokenizerPtr load_tokenizer(const QString &folder);

} // namespace encoderscope
