// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/read_output_heads.h"

#include <QFileInfo>
#include <QJsonArray>

namespace encoderscope
{

namespace
{

const QString weight = QStringLiteral(".weight");
const QString bias = QStringLiteral(".bias");

MaskedWordHead read_masked_word(const Checkpoint &checkpoint, const TensorNames &names,
                                const EncoderConfig &config, const EncoderWeights &weights)
{
    MaskedWordHead head;
    // DistilBERT's transform keeps d_model, the others' go to the width of the embedding: the same there.
    const Index width = config.embedding_size;
    if (width != config.d_model || checkpoint.has(names.mlm_transform + weight)) {
        head.transform = read_linear(checkpoint, names.mlm_transform, width, config.d_model, true);
        head.norm = read_layer_norm(checkpoint, names.mlm_norm, width);
    }
    head.activation = names.mlm_activation.value_or(config.activation);
    head.decoder = checkpoint.has(names.mlm_decoder + weight)
                       ? checkpoint.matrix(names.mlm_decoder + weight, config.vocabulary_size, width)
                       : weights.embedding.token;
    head.bias = checkpoint.vector(names.mlm_bias, config.vocabulary_size);
    return head;
}

ClassificationHead read_classification(const Checkpoint &checkpoint, const TensorNames &names,
                                       const ModelDescription &description)
{
    const Index d_model = description.config.d_model;
    const qint64 labels = checkpoint.first_size(names.classifier + weight);
    ClassificationHead head;
    head.uses_pooler = names.classifies_pooled;
    head.between = names.between;
    if (!names.classifier_dense.isEmpty())
        head.dense = read_linear(checkpoint, names.classifier_dense, d_model, d_model, true);
    head.classifier = read_linear(checkpoint, names.classifier, static_cast<Index>(labels), d_model, true);
    head.labels = description.labels.mid(0, labels);
    while (head.labels.size() < labels)
        head.labels.append(QStringLiteral("LABEL_%1").arg(head.labels.size()));
    return head;
}

bool classifies_sequences(const ModelDescription &description)
{
    for (const QString &architecture : description.architectures) {
        if (architecture.endsWith(QStringLiteral("ForSequenceClassification")))
            return true;
    }
    return false;
}

/// Several modes at once, which would be joined, and modes that are not computed here count as none.
Pooling pooling_of(const JsonField &config)
{
    QStringList modes;
    for (const QString &field : config.object().keys()) {
        if (field.startsWith(QStringLiteral("pooling_mode_")) && config.flag(field, false))
            modes.append(field);
    }
    if (modes == QStringList{QStringLiteral("pooling_mode_mean_tokens")})
        return Pooling::mean;
    if (modes == QStringList{QStringLiteral("pooling_mode_cls_token")})
        return Pooling::first_token;
    return Pooling::none;
}

/// modules.json lists what sentence-transformers compute one after the other; each has a folder.
void read_sentence_pooling(const QString &folder, OutputHeads &heads)
{
    const QString path = folder + QStringLiteral("/modules.json");
    if (!QFileInfo::exists(path))
        return;
    bool others = false;
    for (const QJsonValue &module : JsonField::read(path).array()) {
        const QString type = module.toObject().value(QStringLiteral("type")).toString();
        const QString where = module.toObject().value(QStringLiteral("path")).toString();
        if (type.endsWith(QStringLiteral(".Pooling")) && !where.contains(QStringLiteral(".."))) {
            heads.sentence_pooling = pooling_of(
                JsonField::read(folder + QLatin1Char('/') + where + QStringLiteral("/config.json")));
        } else if (type.endsWith(QStringLiteral(".Normalize"))) {
            heads.normalize_sentence = true;
        } else if (!type.endsWith(QStringLiteral(".Transformer"))) {
            others = true;
        }
    }
    // A vector that is changed further by what is not computed here would not be the model's.
    if (others)
        heads.sentence_pooling = Pooling::none;
}

} // namespace

Linear read_linear(const Checkpoint &checkpoint, const QString &name, Index out, Index in, bool has_bias)
{
    return {checkpoint.matrix(name + weight, out, in),
            has_bias ? checkpoint.vector(name + bias, out) : SharedMatrix()};
}

LayerNorm read_layer_norm(const Checkpoint &checkpoint, const QString &name, Index width)
{
    return {checkpoint.vector(name + weight, width), checkpoint.vector(name + bias, width)};
}

OutputHeads read_output_heads(const Checkpoint &checkpoint, const TensorNames &names,
                              const ModelDescription &description, const EncoderWeights &weights,
                              const QString &folder)
{
    const EncoderConfig &config = description.config;
    OutputHeads heads;
    if (checkpoint.has(names.mlm_bias))
        heads.masked_word = read_masked_word(checkpoint, names, config, weights);
    if (checkpoint.has(names.pooler + weight))
        heads.pooler = read_linear(checkpoint, names.pooler, config.d_model, config.d_model, true);
    if (classifies_sequences(description) && checkpoint.has(names.classifier + weight) &&
        (heads.pooler || !names.classifies_pooled))
        heads.classification = read_classification(checkpoint, names, description);
    read_sentence_pooling(folder, heads);
    return heads;
}

} // namespace encoderscope
