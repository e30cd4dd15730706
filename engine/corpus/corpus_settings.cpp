// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/corpus_settings.h"

#include "engine/model/model_hash.h"

#include <QStringList>

#include <utility>

namespace encoderscope
{

CorpusSettings settings_of(const Model &model, int max_tokens, int examples, std::vector<int> token_layers)
{
    return {.model = model_hash(model),
            .model_name = model.name,
            .layers = model.config.layers,
            .heads = model.config.heads,
            .d_ff = model.config.d_ff,
            .d_model = static_cast<int>(model.config.d_model),
            .max_tokens = max_tokens,
            .examples = examples,
            .token_layers = std::move(token_layers)};
}

QString layers_as_text(const std::vector<int> &layers)
{
    QStringList words;
    for (const int layer : layers)
        words.append(QString::number(layer));
    return words.join(QLatin1Char(','));
}

std::optional<std::vector<int>> layers_from_text(const QString &text, int layers)
{
    std::vector<int> found;
    for (const QString &word : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        bool good = false;
        const int layer = word.toInt(&good);
        if (!good || layer < 1 || layer > layers || (!found.empty() && layer <= found.back()))
            return std::nullopt;
        found.push_back(layer);
    }
    return layers_as_text(found) == text ? std::optional(found) : std::nullopt;
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
