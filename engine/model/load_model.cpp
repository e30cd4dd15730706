// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/load_model.h"

#include "engine/error.h"
#include "engine/model/checkpoint.h"
#include "engine/model/model_description.h"
#include "engine/model/model_sources.h"
#include "engine/model/read_output_heads.h"
#include "engine/model/sentence_modules.h"
#include "engine/model/tensor_names.h"
#include "engine/text/tokenizer_folder.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <new>

namespace encoderscope
{

namespace
{

EmbeddingWeights read_embedding(const Checkpoint &checkpoint, const TensorNames &names,
                                const ModelDescription &description)
{
    const EncoderConfig &config = description.config;
    const Index e = config.embedding_size;
    const auto name = [](const char *rest) { return QStringLiteral("embeddings.") + QLatin1String(rest); };
    EmbeddingWeights weights;
    // Of tensors that share their memory a file may hold one, and that may be the decoder.
    const QString table = name("word_embeddings.weight");
    const QString decoder = names.mlm_decoder + QStringLiteral(".weight");
    const bool only_decoder =
        description.ties_embeddings && !checkpoint.has(table) && checkpoint.has(decoder);
    weights.token = checkpoint.matrix(only_decoder ? decoder : table, config.vocabulary_size, e);
    if (config.positions == Positions::learned)
        weights.position = checkpoint.matrix(name("position_embeddings.weight"),
                                             config.max_positions + config.position_offset, e);
    const QString token_types = name("token_type_embeddings.weight");
    // A table that is there has as many rows as config.json says, if that is none.
    if (config.token_types > 0 || checkpoint.first_size(token_types) > 0)
        weights.token_type = checkpoint.matrix(token_types, config.token_types, e);
    if (config.embedding_norm)
        weights.norm = read_layer_norm(checkpoint, name("LayerNorm"), e);
    if (description.always_projects || e != config.d_model)
        weights.projection =
            read_linear(checkpoint, names.embedding_projection, config.d_model, e, config.biases);
    return weights;
}

LayerWeights read_layer(const Checkpoint &checkpoint, const TensorNames &names, const QString &stem,
                        const EncoderConfig &config)
{
    const auto linear = [&](const QString &name, Index out, Index in) {
        return read_linear(checkpoint, stem + name, out, in, config.biases);
    };
    const Index d_model = config.d_model;
    return {.query = linear(names.query, d_model, d_model),
            .key = linear(names.key, d_model, d_model),
            .value = linear(names.value, d_model, d_model),
            .output = linear(names.output, d_model, d_model),
            .attention_norm = read_layer_norm(checkpoint, stem + names.attention_norm, d_model),
            .expand = linear(names.expand, config.d_ff, d_model),
            .shrink = linear(names.shrink, d_model, config.d_ff),
            .feed_forward_norm = read_layer_norm(checkpoint, stem + names.feed_forward_norm, d_model)};
}

EncoderWeights read_weights(const Checkpoint &checkpoint, const TensorNames &names,
                            const ModelDescription &description)
{
    const EncoderConfig &config = description.config;
    EncoderWeights weights;
    weights.embedding = read_embedding(checkpoint, names, description);
    for (const QString &stem : description.layer_stems)
        weights.layers.push_back(read_layer(checkpoint, names, stem, config));
    if (config.norm_placement == NormPlacement::pre)
        weights.final_norm = read_layer_norm(checkpoint, QStringLiteral("final_norm"), config.d_model);
    if (config.relative_buckets > 0)
        weights.relative_bias = checkpoint.matrix(names.relative_bias, config.relative_buckets, config.heads);
    return weights;
}

/// What lies beside or in the files and is not computed.
QStringList left_out(const QString &folder, const Checkpoint &checkpoint, const TensorNames &names,
                     const ModelDescription &description)
{
    QStringList reasons;
    const int layers = description.config.layers;
    const QString last = description.layer_stems.constLast();
    const QString next =
        QString(last).replace(QStringLiteral(".%1.").arg(layers - 1), QStringLiteral(".%1.").arg(layers));
    if (next != last && checkpoint.has(next + names.query + QStringLiteral(".weight")))
        reasons.append(QCoreApplication::translate("Model",
                                                   "The files have more layers than the %1 that config.json "
                                                   "says (num_hidden_layers); those are left out.")
                           .arg(layers));
    if (QFileInfo::exists(folder + QStringLiteral("/adapter_config.json")))
        reasons.append(QCoreApplication::translate(
            "Model", "The folder has an adapter too (adapter_config.json), which is not applied."));
    return reasons;
}

} // namespace

std::shared_ptr<Model> load_encoder(const QString &folder)
{
    if (!QFileInfo(folder).isDir())
        throw Error(QCoreApplication::translate("Model", "%1 is not a folder.").arg(folder));
    const QString place = encoder_folder(folder);
    const ModelDescription description =
        read_model_description(JsonField::read(place + QStringLiteral("/config.json")));
    TensorNames names = tensor_names(description.model_type);
    if (description.mlm_activation)
        names.mlm_activation = description.mlm_activation;
    try {
        const Checkpoint checkpoint(place, names.prefix);
        auto model = std::make_shared<Model>();
        model->name = model_name(folder);
        model->folder = folder;
        model->trained = description.trained;
        model->config = description.config;
        model->weights = read_weights(checkpoint, names, description);
        model->files = checkpoint.mapped_files();
        model->output = read_output_heads(checkpoint, names, description, model->weights);
        model->output.left_out += left_out(place, checkpoint, names, description);
        read_sentence_modules(folder, *model);
        return model;
    } catch (const std::bad_alloc &) {
        throw Error(
            QCoreApplication::translate("Model", "The weights in %1 do not fit into memory.").arg(place));
    }
}

ModelPtr load_model(const QString &folder)
{
    const std::shared_ptr<Model> model = load_encoder(folder);
    model->tokenizer = load_tokenizer(encoder_folder(folder));
    return model;
}

} // namespace encoderscope
