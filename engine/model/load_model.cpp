// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/load_model.h"

#include "engine/error.h"
#include "engine/model/checkpoint.h"
#include "engine/model/encoder_decoders.h"
#include "engine/model/model_description.h"
#include "engine/model/model_sources.h"
#include "engine/model/read_output_heads.h"
#include "engine/model/recent_architectures.h"
#include "engine/model/sentence_modules.h"
#include "engine/model/tensor_names.h"
#include "engine/text/tokenizer_folder.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cmath>
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
    const NormParts parts{config.norm_kind, config.norm_biases};
    EmbeddingWeights weights;
    // Of tensors that share their memory a file may hold one, and that may be the decoder.
    QString table = names.token_table;
    const QString decoder = names.mlm_decoder + QStringLiteral(".weight");
    if (!checkpoint.has(table) && !names.other_token_table.isEmpty() &&
        checkpoint.has(names.other_token_table))
        table = names.other_token_table;
    else if (description.ties_embeddings && !checkpoint.has(table) && checkpoint.has(decoder))
        table = decoder;
    weights.token = checkpoint.matrix(table, config.vocabulary_size, e);
    if (config.positions == Positions::learned)
        weights.position =
            checkpoint.matrix(names.position_table, config.max_positions + config.position_offset, e);
    const QString token_types = name("token_type_embeddings.weight");
    // A table that is there has as many rows as config.json says, if that is none.
    if (config.token_types > 0 || checkpoint.first_size(token_types) > 0)
        weights.token_type = checkpoint.matrix(token_types, config.token_types, e);
    if (config.task_types > 0)
        weights.task_type = checkpoint.matrix(name("task_type_embeddings.weight"), config.task_types, e);
    if (config.embedding_norm)
        weights.norm = read_layer_norm(checkpoint, names.embedding_norm, e, parts);
    if (description.always_projects || e != config.d_model)
        weights.projection =
            read_linear(checkpoint, names.embedding_projection, config.d_model, e, config.biases);
    return weights;
}

/// Rows [first, first + count) of a matrix.
SharedMatrix rows_of(const SharedMatrix &all, Index first, Index count)
{
    auto whole = std::make_shared<const SharedMatrix>(all);
    const float *const data = whole->data() + first * all.columns();
    return {std::move(whole), data, count, all.columns()};
}

/// One of several linear layers of the same input whose weights lie below each other.
Linear part_of(const Linear &all, Index first, Index count)
{
    return {rows_of(all.weight, first, count),
            all.bias.empty() ? SharedMatrix() : SharedMatrix(all.bias.view().middleCols(first, count))};
}

/// The same of weights whose queries (0), keys (1) and values (2) of one head lie together.
SharedMatrix rows_of_heads(const SharedMatrix &all, Index part, const EncoderConfig &config)
{
    const Index d_k = config.d_k();
    Matrix rows(config.d_model, all.columns());
    for (Index head = 0; head < config.heads; ++head)
        rows.middleRows(head * d_k, d_k) = all.view().middleRows((3 * head + part) * d_k, d_k);
    return rows;
}

/// Rows of each head in the order in which this program turns them: from pairs 2i and 2i + 1 to i and i + d_k
/// /
/// 2. Of queries and keys alike, so that scores stay the same.
SharedMatrix turned_by_halves(const SharedMatrix &weight, Index d_k)
{
    Matrix rows(weight.rows(), weight.columns());
    for (Index row = 0; row < rows.rows(); ++row) {
        const Index first = row / d_k * d_k;
        const Index at = row - first;
        rows.row(first + at / 2 + (at % 2) * (d_k / 2)) = weight.view().row(row);
    }
    return rows;
}

/// Keys or values of which several heads share one: each head gets its own copy.
Linear repeated(const Linear &shared, Index d_k, Index copies)
{
    const auto repeat = [&](const MatrixView &rows) {
        Matrix all(rows.rows() * copies, rows.cols());
        for (Index head = 0; head < rows.rows() * copies / d_k; ++head)
            all.middleRows(head * d_k, d_k) = rows.middleRows(head / copies * d_k, d_k);
        return all;
    };
    Linear all{repeat(shared.weight.view()), {}};
    if (!shared.bias.empty()) {
        const MatrixView bias(shared.bias.data(), shared.bias.columns(), 1);
        all.bias = Matrix(repeat(bias).transpose());
    }
    return all;
}

void read_projections(const Checkpoint &checkpoint, const TensorNames &names, const QString &stem,
                      const ModelDescription &description, LayerWeights &layer)
{
    const EncoderConfig &config = description.config;
    const Index d_model = config.d_model;
    const Index width = config.heads_width();
    if (!names.query_key_value.isEmpty()) {
        const bool together = !names.by_heads && config.biases;
        const Linear all =
            read_linear(checkpoint, stem + names.query_key_value, 3 * d_model, d_model, together);
        if (names.by_heads) {
            const auto bias = [&](const QString &name) {
                return name.isEmpty() ? SharedMatrix() : checkpoint.vector(stem + name, d_model);
            };
            layer.query = {rows_of_heads(all.weight, 0, config), bias(names.query_bias)};
            layer.key = {rows_of_heads(all.weight, 1, config), {}};
            layer.value = {rows_of_heads(all.weight, 2, config), bias(names.value_bias)};
            if (names.turns_neighbours) {
                layer.query.weight = turned_by_halves(layer.query.weight, config.d_k());
                layer.key.weight = turned_by_halves(layer.key.weight, config.d_k());
            }
            return;
        }
        layer.query = part_of(all, 0, d_model);
        layer.key = part_of(all, d_model, d_model);
        layer.value = part_of(all, 2 * d_model, d_model);
        return;
    }
    layer.query = read_linear(checkpoint, stem + names.query, width, d_model, config.biases);
    const Index copies = config.key_heads > 0 ? config.heads / config.key_heads : 1;
    for (const auto &[name, part] :
         {std::pair(&names.key, &layer.key), std::pair(&names.value, &layer.value)}) {
        const Linear shared = read_linear(checkpoint, stem + *name, width / copies, d_model, config.biases);
        *part = copies == 1 ? shared : repeated(shared, config.d_k(), copies);
    }
}

void read_feed_forward(const Checkpoint &checkpoint, const TensorNames &names, const QString &stem,
                       const EncoderConfig &config, LayerWeights &layer)
{
    const Index d_model = config.d_model;
    const Index d_ff = config.d_ff;
    const bool biases = config.has_expand_biases();
    if (!names.expand_and_value.isEmpty()) {
        const Linear both = read_linear(checkpoint, stem + names.expand_and_value, 2 * d_ff, d_model, biases);
        layer.expand = part_of(both, names.value_first ? d_ff : 0, d_ff);
        layer.feed_forward_value = part_of(both, names.value_first ? 0 : d_ff, d_ff);
    } else {
        layer.expand = read_linear(checkpoint, stem + names.expand, d_ff, d_model, biases);
        if (config.gated)
            layer.feed_forward_value =
                read_linear(checkpoint, stem + names.feed_forward_value, d_ff, d_model, biases);
    }
    layer.shrink = read_linear(checkpoint, stem + names.shrink, d_model, d_ff, config.has_shrink_biases());
}

LayerWeights read_layer(const Checkpoint &checkpoint, const TensorNames &names, int index,
                        const ModelDescription &description)
{
    const EncoderConfig &config = description.config;
    const QString &stem = description.layer_stems[index];
    const NormParts parts{config.norm_kind, config.norm_biases};
    const Index d_model = config.d_model;
    LayerWeights layer;
    read_projections(checkpoint, names, stem, description, layer);
    layer.output = read_linear(checkpoint, stem + names.output, d_model, config.heads_width(), config.biases);
    if (index > 0 || config.first_norm)
        layer.attention_norm = read_layer_norm(checkpoint, stem + names.attention_norm, d_model, parts);
    read_feed_forward(checkpoint, names, stem, config, layer);
    layer.feed_forward_norm = read_layer_norm(checkpoint, stem + names.feed_forward_norm, d_model, parts);
    return layer;
}

/// x Wᵀ + b, where the operations of the encoder are not known yet.
SharedMatrix projected(const Matrix &x, const Linear &weights)
{
    Matrix y = x * weights.weight.view().transpose();
    if (!weights.bias.empty())
        y.rowwise() += weights.bias.view().row(0);
    return y;
}

/// The table of relative positions, normalized where the model does.
Matrix relative_table(const Checkpoint &checkpoint, const TensorNames &names,
                      const ModelDescription &description)
{
    const EncoderConfig &config = description.config;
    Matrix table =
        checkpoint.matrix(names.relative_table, config.relative_products.rows, config.d_model).view();
    if (!description.norms_relative_table)
        return table;
    const LayerNorm norm = read_layer_norm(checkpoint, names.relative_norm, config.d_model);
    for (Index row = 0; row < table.rows(); ++row) {
        auto values = table.row(row).array();
        values -= values.mean();
        values *= norm.gain.view().row(0).array() / std::sqrt(values.square().mean() + config.norm_epsilon);
        values += norm.bias.view().row(0).array();
    }
    return table;
}

/// Keys and queries of the relative positions of one layer.
void read_relative_products(const Checkpoint &checkpoint, const TensorNames &names, const QString &stem,
                            const ModelDescription &description, const Matrix &table, LayerWeights &layer)
{
    const EncoderConfig &config = description.config;
    const RelativeProducts &products = config.relative_products;
    if (table.size() > 0) {
        const bool shared = description.shares_relative_projections;
        const auto linear = [&](const QString &name, bool bias) {
            return read_linear(checkpoint, stem + name, config.d_model, config.d_model, bias);
        };
        if (products.content_to_position)
            layer.relative_key =
                projected(table, shared ? layer.key : linear(names.relative_key, names.relative_key_bias));
        if (products.position_to_content)
            layer.relative_query =
                projected(table, shared ? layer.query : linear(names.relative_query, true));
        return;
    }
    // BERT's: one table for all heads.
    layer.relative_key =
        SharedMatrix(checkpoint.matrix(stem + names.distance_table, products.rows, config.d_k())
                         .view()
                         .replicate(1, config.heads));
    if (products.position_to_content)
        layer.relative_query = layer.relative_key;
}

/// One table, or those of all layers below each other.
SharedMatrix read_relative_bias(const Checkpoint &checkpoint, const TensorNames &names,
                                const ModelDescription &description)
{
    const EncoderConfig &config = description.config;
    const Index buckets = config.relative_buckets;
    const auto of_layer = [&](int layer) {
        return checkpoint.matrix(description.layer_stems[layer] + names.layer_relative_bias, buckets,
                                 config.heads);
    };
    if (names.layer_relative_bias.isEmpty())
        return checkpoint.matrix(names.relative_bias, buckets, config.heads);
    if (!config.relative_bias_by_layer)
        return of_layer(0);
    Matrix all(config.layers * buckets, config.heads);
    for (int layer = 0; layer < config.layers; ++layer)
        all.middleRows(layer * buckets, buckets) = of_layer(layer).view();
    return all;
}

EncoderWeights read_weights(const Checkpoint &checkpoint, const TensorNames &names,
                            const ModelDescription &description)
{
    const EncoderConfig &config = description.config;
    EncoderWeights weights;
    weights.embedding = read_embedding(checkpoint, names, description);
    Matrix table;
    if (config.relative_products.rows > 0 && !has_relative_key(description.model_type))
        table = relative_table(checkpoint, names, description);
    for (int index = 0; index < config.layers; ++index) {
        weights.layers.push_back(read_layer(checkpoint, names, index, description));
        if (config.relative_products.rows > 0)
            read_relative_products(checkpoint, names, description.layer_stems[index], description, table,
                                   weights.layers.back());
    }
    if (config.norm_placement == NormPlacement::pre)
        weights.final_norm = read_layer_norm(checkpoint, names.final_norm, config.d_model,
                                             {config.norm_kind, config.norm_biases});
    if (config.relative_buckets > 0)
        weights.relative_bias = read_relative_bias(checkpoint, names, description);
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
    if (!names.decoder.isEmpty() && checkpoint.has(names.decoder))
        reasons.append(QCoreApplication::translate(
            "Model", "The files have a decoder too, which is left out: only encoders can be shown."));
    if (QFileInfo::exists(folder + QStringLiteral("/adapter_config.json")))
        reasons.append(QCoreApplication::translate(
            "Model", "The folder has an adapter too (adapter_config.json), which is not applied."));
    return reasons;
}

/// The names that the checkpoint has, with what config.json says of them.
TensorNames names_in(const Checkpoint &checkpoint, const TensorNames &usual, ModelDescription &description)
{
    TensorNames names = usual;
    const TensorNames published = published_tensor_names(description.model_type);
    if (checkpoint.has(published.layer_stem.arg(0) + published.query_key_value + QStringLiteral(".weight"))) {
        names = published;
        for (int layer = 0; layer < description.config.layers; ++layer)
            description.layer_stems[layer] = names.layer_stem.arg(layer);
    }
    if (description.mlm_activation)
        names.mlm_activation = description.mlm_activation;
    if (description.between)
        names.between = *description.between;
    if (description.config.distance_slopes && description.config.gated) {
        names.expand_and_value = QStringLiteral("mlp.gated_layers");
        names.shrink = QStringLiteral("mlp.wo");
        names.feed_forward_norm = QStringLiteral("mlp.layernorm");
    }
    if (is_t5(description.model_type) && description.config.gated)
        names.expand += QStringLiteral("_0");
    return names;
}

} // namespace

std::shared_ptr<Model> load_encoder(const QString &folder)
{
    if (!QFileInfo(folder).isDir())
        throw Error(QCoreApplication::translate("Model", "%1 is not a folder.").arg(folder));
    const QString place = encoder_folder(folder);
    ModelDescription description =
        read_model_description(JsonField::read(place + QStringLiteral("/config.json")));
    TensorNames usual = tensor_names(description.model_type);
    if (description.architectures.contains(QStringLiteral("NomicBertForPreTraining")))
        usual.prefix = QStringLiteral("bert."); // the first of those models, with the head for masked words
    try {
        const Checkpoint checkpoint(place, usual.prefix, usual.token_table);
        const TensorNames names = names_in(checkpoint, usual, description);
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
