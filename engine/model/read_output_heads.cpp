// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/read_output_heads.h"

#include "engine/model/unusable.h"

#include <QCoreApplication>

namespace encoderscope
{

namespace
{

const QString weight = QStringLiteral(".weight");
const QString bias = QStringLiteral(".bias");

/// Of the norms of the heads: those of the encoder.
NormParts parts_of(const EncoderConfig &config)
{
    return {config.norm_kind, config.norm_biases};
}

MaskedWordHead read_masked_word(const Checkpoint &checkpoint, const TensorNames &names,
                                const ModelDescription &description, const EncoderWeights &weights)
{
    const EncoderConfig &config = description.config;
    MaskedWordHead head;
    // DistilBERT's transform keeps d_model, the others' go to the width of the embedding: the same there.
    const Index width = config.embedding_size;
    if (width != config.d_model || checkpoint.has(names.mlm_transform + weight)) {
        head.transform = read_linear(checkpoint, names.mlm_transform, width, config.d_model,
                                     description.head_biases.value_or(true));
        head.norm = read_layer_norm(checkpoint, names.mlm_norm, width, parts_of(config));
    }
    head.activation = names.mlm_activation.value_or(config.activation);
    head.decoder = checkpoint.has(names.mlm_decoder + weight)
                       ? checkpoint.matrix(names.mlm_decoder + weight, config.vocabulary_size, width)
                       : weights.embedding.token;
    // The decoder's own bias is the one that the reference adds; most files have the two as one tensor.
    const QString own_bias = names.mlm_decoder + bias;
    const QString &stored = checkpoint.has(own_bias) ? own_bias : names.mlm_bias;
    if (checkpoint.has(stored))
        head.bias = checkpoint.vector(stored, config.vocabulary_size);
    return head;
}

/// The names of as many labels as the classifier has.
QStringList labels_of(const ModelDescription &description, qint64 count)
{
    constexpr qint64 most_labels = 1'000'000;
    QStringList labels = description.labels.mid(0, std::min(count, most_labels));
    while (labels.size() < std::min(count, most_labels))
        labels.append(QStringLiteral("LABEL_%1").arg(labels.size()));
    return labels;
}

Linear read_classifier(const Checkpoint &checkpoint, const QString &name, Index d_model)
{
    return read_linear(checkpoint, name, static_cast<Index>(checkpoint.first_size(name + weight)), d_model,
                       true);
}

/// The layers before the last one of heads that share them (ModernBERT).
HeadTransform read_transform(const Checkpoint &checkpoint, const TensorNames &names,
                             const ModelDescription &description)
{
    if (!names.heads_share_dense)
        return {};
    const Index d_model = description.config.d_model;
    return {read_linear(checkpoint, names.classifier_dense, d_model, d_model,
                        description.head_biases.value_or(true)),
            names.between,
            read_layer_norm(checkpoint, names.classifier_norm, d_model, parts_of(description.config))};
}

ClassificationHead read_classification(const Checkpoint &checkpoint, const TensorNames &names,
                                       const ModelDescription &description)
{
    const Index d_model = description.config.d_model;
    ClassificationHead head;
    head.uses_pooler = names.classifies_pooled;
    head.reads_mean = description.classifies_mean;
    head.between = names.between;
    if (!names.classifier_dense.isEmpty())
        head.dense = read_linear(checkpoint, names.classifier_dense, d_model, d_model,
                                 description.head_biases.value_or(true));
    if (!names.classifier_norm.isEmpty())
        head.norm = read_layer_norm(checkpoint, names.classifier_norm, d_model, parts_of(description.config));
    head.classifier = read_classifier(checkpoint, names.classifier, d_model);
    head.labels = labels_of(description, head.classifier.weight.rows());
    using Values = ClassificationHead::Values;
    const bool one_label = head.classifier.weight.rows() == 1;
    head.values = description.class_values.value_or(Values::probabilities);
    if (head.values == Values::probabilities && one_label)
        head.values = Values::independent;
    return head;
}

TokenClassificationHead read_token_classification(const Checkpoint &checkpoint, const TensorNames &names,
                                                  const ModelDescription &description)
{
    TokenClassificationHead head;
    head.transform = read_transform(checkpoint, names, description);
    head.classifier = read_classifier(checkpoint, QStringLiteral("classifier"), description.config.d_model);
    head.labels = labels_of(description, head.classifier.weight.rows());
    return head;
}

DiscriminatorHead read_discriminator(const Checkpoint &checkpoint, const QString &stem,
                                     const EncoderConfig &config)
{
    DiscriminatorHead head;
    head.dense =
        read_linear(checkpoint, stem + QStringLiteral("dense"), config.d_model, config.d_model, true);
    head.activation = config.activation;
    head.score = read_linear(checkpoint, stem + QStringLiteral("dense_prediction"), 1, config.d_model, true);
    return head;
}

/// What `architectures` says that the classifier is for: "BertForTokenClassification" ends in it.
bool is_for(const ModelDescription &description, const char *task)
{
    const QString ending = QStringLiteral("For") + QLatin1String(task);
    for (const QString &architecture : description.architectures) {
        if (architecture.endsWith(ending))
            return true;
    }
    return false;
}

} // namespace

Linear read_linear(const Checkpoint &checkpoint, const QString &name, Index out, Index in, bool has_bias)
{
    return {checkpoint.matrix(name + weight, out, in),
            has_bias ? checkpoint.vector(name + bias, out) : SharedMatrix()};
}

LayerNorm read_layer_norm(const Checkpoint &checkpoint, const QString &name, Index width,
                          const NormParts &parts)
{
    return {checkpoint.vector(name + weight, width),
            parts.bias ? checkpoint.vector(name + bias, width) : SharedMatrix(), parts.kind};
}

OutputHeads read_output_heads(const Checkpoint &checkpoint, const TensorNames &names,
                              const ModelDescription &description, const EncoderWeights &weights)
{
    const EncoderConfig &config = description.config;
    OutputHeads heads;
    const auto leave_out = [&](const char *reason) {
        heads.left_out.append(QCoreApplication::translate("Model", reason));
    };
    if (checkpoint.has(names.mlm_bias) || checkpoint.has(names.mlm_decoder + bias) ||
        (is_for(description, "MaskedLM") && names.mlm_bias_may_lack)) {
        if (description.ties_embeddings || checkpoint.has(names.mlm_decoder + weight))
            heads.masked_word = read_masked_word(checkpoint, names, description, weights);
        else
            leave_out(QT_TRANSLATE_NOOP(
                "Model", "Masked words are not predicted: config.json says that the decoder is not the "
                         "embedding table (tie_word_embeddings), and there is no other."));
    } else if (checkpoint.has(QStringLiteral("lm_predictions.lm_head.dense.weight"))) { // DeBERTa's own
        leave_out(QT_TRANSLATE_NOOP("Model",
                                    "Masked words are not predicted: the head for them is DeBERTa's own "
                                    "(lm_predictions), which is not computed."));
    }
    if (!names.pooler.isEmpty() && checkpoint.has(names.pooler + weight))
        heads.pooler = read_linear(checkpoint, names.pooler, config.d_model, config.d_model, true);
    if (is_for(description, "SequenceClassification") && !names.classifier.isEmpty() &&
        checkpoint.has(names.classifier + weight)) {
        if (description.classifies_late)
            leave_out(QT_TRANSLATE_NOOP("Model", "Sentences are not classified: config.json says that the "
                                                 "classes of all tokens are averaged (classifier_pooling "
                                                 "\"late\"), which is not computed."));
        else if (heads.pooler || !names.classifies_pooled)
            heads.classification = read_classification(checkpoint, names, description);
        else
            leave_out(QT_TRANSLATE_NOOP("Model", "Sentences are not classified: the pooler, which the "
                                                 "classifier reads, is missing."));
    }
    if (is_for(description, "TokenClassification") && checkpoint.has(QStringLiteral("classifier.weight")))
        heads.token_classification = read_token_classification(checkpoint, names, description);
    const bool says_answers = !names.answers.isEmpty() &&
                              (names.answers != names.classifier || is_for(description, "QuestionAnswering"));
    if (says_answers && checkpoint.first_size(names.answers + weight) == 2)
        heads.answer = AnswerHead{read_linear(checkpoint, names.answers, 2, config.d_model, true),
                                  read_transform(checkpoint, names, description)};
    const QString discriminator = QStringLiteral("discriminator_predictions.");
    if (checkpoint.has(discriminator + QStringLiteral("dense_prediction.weight")))
        heads.discriminator = read_discriminator(checkpoint, discriminator, config);
    if (is_for(description, "MultipleChoice"))
        leave_out(QT_TRANSLATE_NOOP("Model", "The head for multiple choice is left out: it scores a question "
                                             "with each of several answers, and there is one text here."));
    return heads;
}

} // namespace encoderscope
