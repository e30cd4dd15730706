// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/tokenizer.h"

namespace encoderscope
{

/// What the pieces of a text are.
enum class Granularity { word, character, subword };

/// `base` with words or characters as its pieces instead of its subwords: the same vocabulary and ids, the
/// same normalization and specials. What the vocabulary does not have is unknown. `subword` gives `base`
/// itself.
TokenizerPtr with_granularity(const TokenizerPtr &base, Granularity granularity);

} // namespace encoderscope
