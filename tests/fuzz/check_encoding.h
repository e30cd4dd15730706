// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/tokenizer.h"

#include <cstdlib>

/// Aborts when an encoding is not one that the encoder and the window can work with.
inline void check_encoding(const encoderscope::Tokenizer &tokenizer, const encoderscope::Encoding &encoding)
{
    for (const encoderscope::Token &token : encoding.tokens) {
        const QString &typed = token.segment == 0 ? encoding.text : encoding.text_b;
        const bool id = token.id >= 0 && token.id < tokenizer.vocabulary_size();
        const bool span = token.begin >= 0 && token.begin <= token.end && token.end <= typed.size();
        if (!id || !span || token.type < 0 || token.type > 1)
            std::abort();
    }
}
