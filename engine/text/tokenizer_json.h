// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/json_reader.h"
#include "engine/text/pipeline.h"

namespace encoderscope
{

/// What a tokenizer.json describes.
Pipeline pipeline_from_json(const JsonField &root, const QString &mask = QString());

/// The tokenizer that a `tokenizer.json` describes (the format of the `tokenizers` library). `mask` is the
/// mask token's name; empty: "[MASK]" or "<mask>", whichever there is. Throws Error naming file and field for
/// what is wrong, and for parts that are not supported.
TokenizerPtr tokenizer_from_json(const JsonField &root, const QString &mask = QString());

} // namespace encoderscope
