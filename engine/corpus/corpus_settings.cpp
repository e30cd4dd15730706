// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/corpus_settings.h"

#include "engine/model/model_hash.h"

namespace encoderscope
{

CorpusSettings settings_of(const Model &model, int max_tokens, int examples)
{
    return {.model = model_hash(model),
            .model_name = model.name,
            .layers = model.config.layers,
            .heads = model.config.heads,
            .d_ff = model.config.d_ff,
            .max_tokens = max_tokens,
            .examples = examples};
}

int usual_max_tokens(const Model &model)
{
    constexpr int without_limit = 512;
    return model.config.max_positions > 0 ? model.config.max_positions : without_limit;
}

CorpusSettings usual_settings(const Model &model)
{
    return settings_of(model, usual_max_tokens(model), CorpusSettings().examples);
}

} // namespace encoderscope
