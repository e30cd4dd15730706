// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/built_in_models.h"

#include "engine/error.h"
#include "engine/model/default_model.h"
#include "engine/model/initial_model.h"
#include "engine/model/load_model.h"
#include "engine/model/model_sources.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

const QString modern = QStringLiteral("untrained:modernbert");
const QString disentangled = QStringLiteral("untrained:deberta");

EncoderConfig modern_config(int vocabulary_size)
{
    EncoderConfig config{.vocabulary_size = vocabulary_size, .d_ff = 192, .positions = Positions::rotary};
    config.max_positions = 4096;
    config.norm_placement = NormPlacement::pre;
    config.norm_epsilon = 1e-5F;
    config.norm_biases = false;
    config.first_norm = false;
    config.biases = false;
    config.gated = true;
    config.rotation = {.base = 160000.0, .local_base = 10000.0};
    config.window = 3;
    config.local_layers = {false, true, true, false};
    return config;
}

EncoderConfig disentangled_config(int vocabulary_size)
{
    EncoderConfig config{.vocabulary_size = vocabulary_size, .positions = Positions::none};
    config.norm_epsilon = 1e-7F;
    RelativeProducts &products = config.relative_products;
    products.content_to_position = products.position_to_content = true;
    products.buckets = products.span = 32;
    products.rows = 2 * products.span;
    products.greatest = config.max_positions;
    products.in_scale = config.score_products();
    products.parameters = static_cast<long long>(products.rows) * config.d_model;
    return config;
}

} // namespace

const QStringList &built_in_models()
{
    static const QStringList names{modern, disentangled};
    return names;
}

bool is_built_in(const QString &name)
{
    return built_in_models().contains(name);
}

ModelPtr built_in_model(const QString &name)
{
    if (!is_built_in(name))
        throw Error(QCoreApplication::translate("Model", "%1 is not known; one of %2 was expected.")
                        .arg(name, built_in_models().join(QStringLiteral(", "))));
    const ModelPtr standard = default_model();
    const int words = standard->config.vocabulary_size;
    auto model = std::make_shared<Model>();
    model->name = name == modern ? QStringLiteral("Untrained, built like ModernBERT")
                                 : QStringLiteral("Untrained, built like DeBERTa");
    model->built_in = name;
    model->config = name == modern ? modern_config(words) : disentangled_config(words);
    model->weights = initial_weights(model->config, 1);
    model->tokenizer = standard->tokenizer;
    return model;
}

ModelPtr named_model(const QString &source)
{
    return is_built_in(source) ? built_in_model(source) : load_model(resolve_model(source));
}

} // namespace encoderscope
