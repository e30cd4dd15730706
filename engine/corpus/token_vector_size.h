// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/sentence_reader.h"
#include "engine/model/model.h"

#include <stop_token>

namespace encoderscope
{

/// The room on the disk that the vectors of a text's tokens after one layer take.
struct TokenVectorSize {
    qint64 tokens = 0;  ///< of the text, without special ones
    qint64 vectors = 0; ///< bytes of the database
    qint64 index = 0;   ///< bytes of the file beside it, where one is made
};

/// About, from the first sentences of the file and its size; zeros when it has no sentence, or `stop` was
/// requested. Sentences are cut to `max_tokens`. Throws Error when the file cannot be read.
TokenVectorSize estimated_token_vectors(const Model &model, const SentenceFile &file, int max_tokens,
                                        const std::stop_token &stop = {});

} // namespace encoderscope
