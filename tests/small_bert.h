// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/initial_model.h"
#include "engine/text/tokenizer_folder.h"

namespace encoderscope
{

/// A small BERT that has learned nothing, with the tokenizer in `folder`. Throws Error where that is none.
inline Model small_bert(const QString &folder)
{
    Model model = *untrained_model();
    model.tokenizer = load_tokenizer(folder);
    model.folder = folder;
    model.config = {.vocabulary_size = model.tokenizer->vocabulary_size(),
                    .d_model = 8,
                    .layers = 2,
                    .heads = 2,
                    .d_ff = 8,
                    .embedding_size = 8};
    model.weights = initial_weights(model.config, 1);
    model.output = {};
    return model;
}

} // namespace encoderscope
