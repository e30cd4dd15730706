// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/model_description.h"

#include "engine/error.h"
#include "engine/model/config_fields.h"
#include "engine/model/encoder_decoders.h"
#include "engine/model/own_code.h"
#include "engine/model/recent_architectures.h"
#include "engine/model/tensor_names.h"
#include "engine/model/unusable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>

namespace encoderscope
{

namespace
{

const Names<Positions> &position_names()
{
    static const Names<Positions> names{{QStringLiteral("absolute"), Positions::learned},
                                        {QStringLiteral("sinusoidal"), Positions::sinusoidal},
                                        {QStringLiteral("none"), Positions::none}};
    return names;
}

const Names<NormPlacement> &placement_names()
{
    static const Names<NormPlacement> names{{QStringLiteral("post"), NormPlacement::post},
                                            {QStringLiteral("pre"), NormPlacement::pre}};
    return names;
}

const Names<ClassificationHead::Values> &problem_names()
{
    using Values = ClassificationHead::Values;
    static const Names<Values> names{{QStringLiteral("single_label_classification"), Values::probabilities},
                                     {QStringLiteral("multi_label_classification"), Values::independent},
                                     {QStringLiteral("regression"), Values::scores}};
    return names;
}

/// The fields' names and what is meant without them, where they differ.
struct FieldNames {
    QString d_model = QStringLiteral("hidden_size");
    QString layers = QStringLiteral("num_hidden_layers");
    QString heads = QStringLiteral("num_attention_heads");
    QString d_ff = QStringLiteral("intermediate_size");
    QString activation = QStringLiteral("hidden_act");
    QString epsilon = QStringLiteral("layer_norm_eps");
    QString positions = QStringLiteral("max_position_embeddings");
    QString usual_activation = QStringLiteral("gelu");
    double usual_epsilon = 1e-12;
};

FieldNames field_names(const JsonField &config, const QString &model_type)
{
    FieldNames names;
    if (model_type == QStringLiteral("distilbert")) {
        names.d_model = QStringLiteral("dim");
        names.layers = QStringLiteral("n_layers");
        names.heads = QStringLiteral("n_heads");
        names.d_ff = QStringLiteral("hidden_dim");
        names.activation = QStringLiteral("activation");
    } else if (model_type == QStringLiteral("albert")) {
        names.usual_activation = QStringLiteral("gelu_new");
    } else if (model_type == QStringLiteral("nomic_bert")) {
        names.usual_activation = QStringLiteral("silu");
        if (!config.has(names.d_model)) { // as the first files of these models have it
            names.d_model = QStringLiteral("n_embd");
            names.layers = QStringLiteral("n_layer");
            names.heads = QStringLiteral("n_head");
            names.d_ff = QStringLiteral("n_inner");
            names.epsilon = QStringLiteral("layer_norm_epsilon");
            names.positions = QStringLiteral("n_positions");
        }
    } else if (model_type == QStringLiteral("modernbert")) {
        names.activation = QStringLiteral("hidden_activation");
        names.epsilon = QStringLiteral("norm_eps");
        names.usual_epsilon = 1e-5;
    } else if (model_type == QStringLiteral("eurobert")) {
        names.epsilon = QStringLiteral("rms_norm_eps");
        names.usual_activation = QStringLiteral("silu");
        names.usual_epsilon = 1e-5;
    } else if (model_type == QStringLiteral("deberta") || model_type == QStringLiteral("deberta-v2")) {
        names.usual_epsilon = 1e-7;
    } else if (model_type == QStringLiteral("xlm-roberta-xl")) {
        names.usual_epsilon = 1e-5;
    } else if (model_type == QStringLiteral("neobert")) {
        names.epsilon = QStringLiteral("norm_eps");
        names.positions = QStringLiteral("max_length");
        names.usual_activation = QStringLiteral("silu");
        names.usual_epsilon = 1e-6;
    } else if (is_t5(model_type)) {
        names.d_model = QStringLiteral("d_model");
        names.layers = QStringLiteral("num_layers");
        names.heads = QStringLiteral("num_heads");
        names.d_ff = QStringLiteral("d_ff");
        names.epsilon = QStringLiteral("layer_norm_epsilon");
        names.usual_epsilon = 1e-6;
    } else if (is_bart(model_type)) {
        names.d_model = QStringLiteral("d_model");
        names.layers = QStringLiteral("encoder_layers");
        names.heads = QStringLiteral("encoder_attention_heads");
        names.d_ff = QStringLiteral("encoder_ffn_dim");
        names.activation = QStringLiteral("activation_function");
        names.usual_epsilon = 1e-5;
    }
    return names;
}

bool is_roberta(const QString &model_type)
{
    static const QStringList types{QStringLiteral("camembert"),   QStringLiteral("data2vec-text"),
                                   QStringLiteral("roberta"),     QStringLiteral("roberta-prelayernorm"),
                                   QStringLiteral("xlm-roberta"), QStringLiteral("xlm-roberta-xl")};
    return types.contains(model_type);
}

/// Positions count from `pad_token_id` + 1 on; MPNet's padding is always 1.
int read_position_offset(const JsonField &config, const QString &model_type)
{
    if (is_roberta(model_type))
        return config.integer(QStringLiteral("pad_token_id"), 0, 1000, 1) + 1;
    if (model_type == QStringLiteral("mpnet") || is_bart(model_type))
        return 2;
    return 0;
}

EncoderConfig read_common(const JsonField &config, const QString &model_type, const FieldNames &names)
{
    EncoderConfig result;
    result.vocabulary_size = config.integer(QStringLiteral("vocab_size"), 1, greatest_vocabulary);
    result.d_model = config.integer(names.d_model, 1, greatest_width);
    result.layers = config.integer(names.layers, 1, greatest_layers);
    result.heads = config.integer(names.heads, 1, greatest_heads);
    if (is_t5(model_type))
        result.head_width = config.integer(QStringLiteral("d_kv"), 1, greatest_width, 64);
    else if (result.d_model % result.heads != 0)
        config.refuse(names.heads, QCoreApplication::translate("Model", "a number that divides %1 (%2)")
                                       .arg(result.d_model)
                                       .arg(names.d_model));
    result.d_ff = config.integer(names.d_ff, 1, greatest_width);
    result.activation = choice(config, names.activation, activation_names(), names.usual_activation);
    result.norm_epsilon = static_cast<float>(config.number(names.epsilon, 0.0, 1.0, names.usual_epsilon));
    return result;
}

void read_positions(const JsonField &config, const QString &model_type, const FieldNames &names,
                    EncoderConfig &result)
{
    result.embedding_size = result.d_model;
    if (model_type == QStringLiteral("albert") || model_type == QStringLiteral("electra"))
        result.embedding_size = config.integer(QStringLiteral("embedding_size"), 1, greatest_width, 128);
    if (is_t5(model_type)) { // which has a bias by distance, and no most positions
        result.positions = Positions::none;
        result.max_positions = 0;
        return;
    }
    result.positions = Positions::learned;
    result.position_offset = read_position_offset(config, model_type);
    // BART's table has two rows more than that.
    const int before = is_bart(model_type) ? 0 : result.position_offset;
    result.max_positions = config.integer(names.positions, before + 1, greatest_positions) - before;
    static const QStringList without_types{QStringLiteral("bart"), QStringLiteral("distilbert"),
                                           QStringLiteral("mbart"), QStringLiteral("mpnet"),
                                           QStringLiteral("neobert")};
    if (!without_types.contains(model_type))
        result.token_types = config.integer(QStringLiteral("type_vocab_size"), 0, 1000, 2);
    if (model_type == QStringLiteral("mpnet"))
        result.relative_buckets =
            config.integer(QStringLiteral("relative_attention_num_buckets"), 32, 32, 32); // the reference's
}

/// The fields that only "encoderscope" has: see README.md.
void read_own_fields(const JsonField &config, EncoderConfig &result)
{
    result.embedding_size =
        config.integer(QStringLiteral("embedding_size"), 1, greatest_width, result.d_model);
    result.positions = choice(config, QStringLiteral("position_embedding_type"), position_names(),
                              QStringLiteral("absolute"));
    result.position_offset = config.integer(QStringLiteral("position_offset"), 0, 1000, 0);
    result.max_positions = config.integer(QStringLiteral("max_position_embeddings"),
                                          result.positions == Positions::learned ? 1 : 0, greatest_positions);
    result.token_types = config.integer(QStringLiteral("type_vocab_size"), 0, 1000, 2);
    result.embedding_scale = config.flag(QStringLiteral("embedding_scale"), false);
    result.embedding_norm = config.flag(QStringLiteral("embedding_norm"), true);
    result.norm_placement =
        choice(config, QStringLiteral("norm_placement"), placement_names(), QStringLiteral("post"));
    result.biases = config.flag(QStringLiteral("use_bias"), true);
    const int buckets = config.integer(QStringLiteral("relative_attention_num_buckets"), 0, 511, 0);
    if (buckets > 0 && buckets < 4)
        config.refuse(QStringLiteral("relative_attention_num_buckets"),
                      QCoreApplication::translate("Model", "a whole number from %1 to %2").arg(4).arg(511));
    result.relative_buckets = buckets;
}

void refuse_decoders(const JsonField &config, const QString &model_type)
{
    const QString encoder_only = QCoreApplication::translate("Model", "false: only encoders can be shown");
    if (config.flag(QStringLiteral("is_decoder"), false))
        config.refuse(QStringLiteral("is_decoder"), encoder_only);
    const JsonField positions = config[QStringLiteral("position_embedding_type")];
    if (model_type == QStringLiteral("encoderscope") || !positions.exists())
        return;
    const QString kind = positions.string();
    QStringList supported{QStringLiteral("absolute")};
    if (has_relative_key(model_type))
        supported += {QStringLiteral("relative_key"), QStringLiteral("relative_key_query")};
    if (model_type == QStringLiteral("bert"))
        supported.append(QStringLiteral("alibi"));
    const bool says_more = model_type == QStringLiteral("gte") || model_type == QStringLiteral("new");
    if (!supported.contains(kind) && !says_more)
        throw positions.unsupported(kind, supported);
}

/// Heads that were cut out leave matrices that are smaller in one layer than in another.
void refuse_pruned_heads(const JsonField &config)
{
    const QString field = QStringLiteral("pruned_heads");
    const QJsonObject pruned = config[field].exists() ? config[field].object() : QJsonObject();
    for (const QJsonValue &heads : pruned) {
        if (!heads.toArray().isEmpty())
            throw unusable(config.file(), field,
                           QCoreApplication::translate("Model", "no pruned heads: all layers with all heads"),
                           QString::fromUtf8(QJsonDocument(pruned).toJson(QJsonDocument::Compact)).left(100));
    }
}

/// Quantized weights are numbers of another scale than the files say.
void refuse_quantized(const JsonField &config)
{
    const QString field = QStringLiteral("quantization_config");
    if (config.has(field))
        throw unusable(config.file(), field,
                       QCoreApplication::translate("Model", "none: weights that are not quantized"),
                       shortened(config[field].text(QStringLiteral("quant_method"), QStringLiteral("?"))));
}

/// ALBERT computes its layers with the weights of a few groups, each of which may have several inner layers.
void read_albert_layers(const JsonField &config, ModelDescription &description)
{
    const int layers = description.config.layers;
    const int groups = config.integer(QStringLiteral("num_hidden_groups"), 1, layers, 1);
    const int inner = config.integer(QStringLiteral("inner_group_num"), 1, greatest_layers / layers, 1);
    for (int index = 0; index < layers; ++index) {
        const auto group = static_cast<int>(index / (static_cast<double>(layers) / groups));
        for (int layer = 0; layer < inner; ++layer)
            description.layer_stems.append(
                QStringLiteral("encoder.albert_layer_groups.%1.albert_layers.%2.").arg(group).arg(layer));
    }
    description.config.layers = layers * inner;
}

/// The most characters of a label: what shows longer ones would be slow.
constexpr qsizetype longest_label = 1'000;

QStringList read_labels(const JsonField &config)
{
    const JsonField field = config[QStringLiteral("id2label")];
    const QJsonObject labels = field.is_object() ? field.object() : QJsonObject();
    QMap<int, QString> by_id;
    for (auto it = labels.begin(); it != labels.end(); ++it) {
        bool number = false;
        const int id = it.key().toInt(&number);
        if (number && id >= 0)
            by_id.insert(id, it.value().isString() ? field[it.key()].string(longest_label) : QString());
    }
    return by_id.values();
}

} // namespace

ModelDescription read_model_description(const JsonField &config)
{
    ModelDescription description;
    description.model_type = config.text(QStringLiteral("model_type"));
    const QString &type = description.model_type;
    if (!supported_model_types().contains(type))
        config.refuse(QStringLiteral("model_type"),
                      QCoreApplication::translate("Model", "an encoder that is supported (%1)")
                          .arg(supported_model_types().join(QStringLiteral(", "))));
    refuse_decoders(config, type);
    refuse_pruned_heads(config);
    refuse_quantized(config);
    refuse_own_code(config, type);
    refuse_own_choices(config, type);
    const FieldNames names = field_names(config, type);
    description.config = read_common(config, type, names);
    if (type == QStringLiteral("encoderscope"))
        read_own_fields(config, description.config);
    else
        read_positions(config, type, names, description.config);
    description.ties_embeddings = config.flag(QStringLiteral("tie_word_embeddings"), true);
    read_recent_fields(config, description);
    description.always_projects =
        type == QStringLiteral("albert") || config.flag(QStringLiteral("embedding_projection"), false);
    if (config.has(QStringLiteral("prediction_act")))
        description.mlm_activation =
            choice(config, QStringLiteral("prediction_act"), activation_names(), QString());
    if (type == QStringLiteral("albert")) {
        read_albert_layers(config, description);
    } else {
        const QString stem = tensor_names(type).layer_stem;
        for (int index = 0; index < description.config.layers; ++index)
            description.layer_stems.append(stem.arg(index));
    }
    for (const QJsonValue &name : config.object().value(QStringLiteral("architectures")).toArray())
        description.architectures.append(name.toString());
    description.labels = read_labels(config);
    if (config.has(QStringLiteral("problem_type")))
        description.class_values = choice(config, QStringLiteral("problem_type"), problem_names(), QString());
    description.trained = config.flag(QStringLiteral("trained"), true);
    return description;
}

bool is_own_kind(const EncoderConfig &config)
{
    return config.positions != Positions::rotary && config.head_width == 0 && config.divides_scores &&
           !config.counts_padding && !config.relative_bias_by_layer &&
           config.relative_greatest == EncoderConfig().relative_greatest && !config.gated &&
           config.norm_kind == NormKind::layer && config.norm_biases && config.first_norm &&
           config.key_biases && !config.expand_biases && !config.shrink_biases &&
           config.local_layers.empty() && !config.distance_slopes &&
           config.relative_products == RelativeProducts() && config.task_types == 0;
}

bool is_plain_bert(const EncoderConfig &config)
{
    return config.embedding_size == config.d_model && config.positions == Positions::learned &&
           config.position_offset == 0 && config.token_types > 0 && !config.embedding_scale &&
           config.embedding_norm && config.norm_placement == NormPlacement::post && config.biases &&
           config.relative_buckets == 0 && is_own_kind(config);
}

QJsonObject write_model_description(const ModelDescription &description)
{
    const EncoderConfig &config = description.config;
    QJsonObject object{
        {QStringLiteral("model_type"), description.model_type},
        {QStringLiteral("vocab_size"), config.vocabulary_size},
        {QStringLiteral("hidden_size"), config.d_model},
        {QStringLiteral("num_hidden_layers"), config.layers},
        {QStringLiteral("num_attention_heads"), config.heads},
        {QStringLiteral("intermediate_size"), config.d_ff},
        {QStringLiteral("hidden_act"), name_of(activation_names(), config.activation)},
        {QStringLiteral("layer_norm_eps"), static_cast<double>(config.norm_epsilon)},
        {QStringLiteral("max_position_embeddings"), config.max_positions},
        {QStringLiteral("type_vocab_size"), config.token_types},
        {QStringLiteral("position_embedding_type"), name_of(position_names(), config.positions)},
        {QStringLiteral("trained"), description.trained},
    };
    if (!description.architectures.isEmpty())
        object.insert(QStringLiteral("architectures"), QJsonArray::fromStringList(description.architectures));
    if (!description.labels.isEmpty()) {
        QJsonObject labels;
        for (qsizetype id = 0; id < description.labels.size(); ++id)
            labels.insert(QString::number(id), description.labels[id]);
        object.insert(QStringLiteral("id2label"), labels);
    }
    if (!description.ties_embeddings)
        object.insert(QStringLiteral("tie_word_embeddings"), false);
    if (description.class_values)
        object.insert(QStringLiteral("problem_type"), name_of(problem_names(), *description.class_values));
    if (description.model_type == QStringLiteral("encoderscope")) {
        object.insert(QStringLiteral("embedding_size"), config.embedding_size);
        object.insert(QStringLiteral("position_offset"), config.position_offset);
        object.insert(QStringLiteral("embedding_scale"), config.embedding_scale);
        object.insert(QStringLiteral("embedding_norm"), config.embedding_norm);
        object.insert(QStringLiteral("norm_placement"), name_of(placement_names(), config.norm_placement));
        object.insert(QStringLiteral("use_bias"), config.biases);
        object.insert(QStringLiteral("relative_attention_num_buckets"), config.relative_buckets);
        object.insert(QStringLiteral("embedding_projection"), description.always_projects);
        if (description.mlm_activation)
            object.insert(QStringLiteral("prediction_act"),
                          name_of(activation_names(), *description.mlm_activation));
    }
    return object;
}

} // namespace encoderscope
