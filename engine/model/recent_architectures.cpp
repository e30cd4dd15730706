// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/recent_architectures.h"

#include "engine/model/config_fields.h"
#include "engine/model/encoder_decoders.h"
#include "engine/model/unusable.h"

#include <QJsonArray>

#include <algorithm>
#include <cmath>

namespace encoderscope
{

namespace
{

const QString local = QStringLiteral("sliding_attention");
const QString global = QStringLiteral("full_attention");

/// rope_theta of an object of rotary parameters, of which the plain kind is computed.
double read_base(const JsonField &parameters, double fallback)
{
    if (!parameters.exists())
        return fallback;
    for (const QString &kind : {QStringLiteral("rope_type"), QStringLiteral("type")})
        parameters[kind].require(QStringLiteral("default"));
    parameters[QStringLiteral("partial_rotary_factor")].require(1.0);
    return parameters.number(QStringLiteral("rope_theta"), 0.0, 1e12, fallback);
}

void begin_rotation(const JsonField &config, EncoderConfig &result)
{
    result.positions = Positions::rotary;
    if (result.d_k() % 2 != 0)
        config.refuse(QStringLiteral("num_attention_heads"),
                      QCoreApplication::translate("Model",
                                                  "heads of an even width: rotary positions turn pairs of "
                                                  "dimensions"));
}

/// GTE's "ntk": a base so many times as great, and angles that are divided so that the last pair turns by the
/// distance over the factor; whatever the input's length.
void read_stretching(const JsonField &scaling, EncoderConfig &result)
{
    if (!scaling.exists() || scaling.text(QStringLiteral("type")) != QStringLiteral("ntk")) {
        read_base(scaling, result.rotation.base);
        return;
    }
    if (scaling.has(QStringLiteral("mixed_b")))
        scaling.refuse(QStringLiteral("mixed_b"), QStringLiteral("null"));
    const double factor = scaling.number(QStringLiteral("factor"), 0.0, 1e6, 1.0);
    result.rotation.base *= factor;
    result.rotation.slowing = std::pow(factor, 2.0 / result.d_k());
}

void read_rotation(const JsonField &config, double fallback, EncoderConfig &result,
                   const QString &base_field = QStringLiteral("rope_theta"))
{
    begin_rotation(config, result);
    const double base = config.number(base_field, 0.0, 1e12, fallback);
    result.rotation.base = read_base(config[QStringLiteral("rope_parameters")], base);
    read_stretching(config[QStringLiteral("rope_scaling")], result);
    result.rotation.local_base = result.rotation.base;
}

/// The width of a head must be d_model / heads.
void check_head_width(const JsonField &config, const char *field, const EncoderConfig &result)
{
    const QString name = QLatin1String(field);
    if (config.has(name) && config.integer(name, 1, greatest_width) != result.d_k())
        config.refuse(name, QString::number(result.d_k()));
}

/// "layer_types", or in older files every how many layers one is global.
void read_local_layers(const JsonField &config, EncoderConfig &result)
{
    const JsonField types = config[QStringLiteral("layer_types")];
    const auto layers = static_cast<std::size_t>(result.layers);
    if (types.exists()) {
        if (types.array().size() != result.layers)
            types.refuse(QCoreApplication::translate("Model", "a list of %1 names").arg(result.layers));
        for (qsizetype layer = 0; layer < result.layers; ++layer) {
            const QString type = types[layer].string();
            if (type != local && type != global)
                throw types[layer].unsupported(type, {global, local});
            result.local_layers.push_back(type == local);
        }
    } else {
        const int every = config.integer(QStringLiteral("global_attn_every_n_layers"), 1, greatest_layers, 3);
        for (std::size_t layer = 0; layer < layers; ++layer)
            result.local_layers.push_back(layer % static_cast<std::size_t>(every) != 0);
    }
    result.window = config.integer(QStringLiteral("local_attention"), 0, greatest_positions, 128) / 2;
}

const Names<HeadFunction> &function_names()
{
    static const Names<HeadFunction> names{{QStringLiteral("gelu"), HeadFunction::gelu},
                                           {QStringLiteral("relu"), HeadFunction::relu},
                                           {QStringLiteral("silu"), HeadFunction::silu},
                                           {QStringLiteral("tanh"), HeadFunction::tanh}};
    return names;
}

/// "ModernBERT: Smarter, Better, Faster, Longer" (Warner et al.)
void read_modernbert(const JsonField &config, ModelDescription &description)
{
    EncoderConfig &result = description.config;
    result.norm_placement = NormPlacement::pre;
    result.first_norm = false;
    result.norm_biases = config.flag(QStringLiteral("norm_bias"), false);
    result.biases = config.flag(QStringLiteral("attention_bias"), false);
    result.expand_biases = result.shrink_biases = config.flag(QStringLiteral("mlp_bias"), false);
    result.gated = true;
    result.token_types = 0;
    read_local_layers(config, result);

    begin_rotation(config, result);
    read_base(config[QStringLiteral("rope_scaling")], result.rotation.base);
    result.rotation = {.base = config.number(QStringLiteral("global_rope_theta"), 0.0, 1e12, 160000.0),
                       .local_base = config.number(QStringLiteral("local_rope_theta"), 0.0, 1e12, 10000.0)};
    if (const JsonField both = config[QStringLiteral("rope_parameters")]; both.exists()) {
        both.object();
        result.rotation = {.base = read_base(both[global], result.rotation.base),
                           .local_base = read_base(both[local], result.rotation.local_base)};
    }

    description.classifies_mean = choice(
        config, QStringLiteral("classifier_pooling"),
        Names<bool>{{QStringLiteral("cls"), false}, {QStringLiteral("mean"), true}}, QStringLiteral("cls"));
    description.between =
        choice(config, QStringLiteral("classifier_activation"), function_names(), QStringLiteral("gelu"));
    description.mlm_activation =
        choice(config, QStringLiteral("classifier_activation"), activation_names(), QStringLiteral("gelu"));
    description.head_biases = config.flag(QStringLiteral("classifier_bias"), false);
}

/// What EuroBERT and NeoBERT share.
void read_rotary_pre_norm(EncoderConfig &result)
{
    result.norm_placement = NormPlacement::pre;
    result.norm_kind = NormKind::root_mean_square;
    result.norm_biases = false;
    result.embedding_norm = false;
    result.gated = true;
    result.token_types = 0;
}

/// "NeoBERT: A Next-Generation BERT" (Le Breton et al.)
void read_neobert(const JsonField &config, ModelDescription &description)
{
    EncoderConfig &result = description.config;
    read_rotary_pre_norm(result);
    result.biases = false;
    begin_rotation(config, result);
    check_head_width(config, "dim_head", result);
    // The gate and the value together are as large as the FFN without a gate that the field is for.
    constexpr int multiple = 8;
    const int width = static_cast<int>(2.0 * result.d_ff / 3.0);
    result.d_ff = (width + multiple - 1) / multiple * multiple;
    description.ties_embeddings = false;
}

void read_eurobert(const JsonField &config, ModelDescription &description)
{
    EncoderConfig &result = description.config;
    read_rotary_pre_norm(result);
    result.biases = config.flag(QStringLiteral("attention_bias"), false);
    result.expand_biases = result.shrink_biases = config.flag(QStringLiteral("mlp_bias"), false);
    read_rotation(config, 10000.0, result);
    check_head_width(config, "head_dim", result);
    const QString shared = QStringLiteral("num_key_value_heads");
    result.key_heads = config.integer(shared, 1, result.heads, result.heads);
    if (result.heads % result.key_heads != 0)
        config.refuse(shared, QCoreApplication::translate("Model", "a number that divides %1 (%2)")
                                  .arg(result.heads)
                                  .arg(QStringLiteral("num_attention_heads")));
    const QString pooling = config.text(QStringLiteral("classifier_pooling"), QStringLiteral("late"));
    description.classifies_mean = pooling == QStringLiteral("mean");
    description.classifies_late = pooling == QStringLiteral("late");
    description.ties_embeddings = config.flag(QStringLiteral("tie_word_embeddings"), false);
}

/// Where config.json says none: as in transformers, and in the code that GTE was published with.
double usual_rotary_base(const QString &model_type)
{
    if (model_type == QStringLiteral("nomic_bert"))
        return 1000.0;
    return model_type == QStringLiteral("new") ? 10000.0 : 160000.0;
}

/// NomicBERT and GTE: BERT with rotary positions and a gated FFN.
void read_rotary_post_norm(const JsonField &config, ModelDescription &description)
{
    EncoderConfig &result = description.config;
    const bool nomic = description.model_type == QStringLiteral("nomic_bert");
    result.gated = true;
    result.biases = !nomic;
    result.expand_biases = false;
    result.shrink_biases = !nomic;
    result.token_types = config.integer(QStringLiteral("type_vocab_size"), 0, 1000, nomic ? 2 : 1);
    const QString published = QStringLiteral("rotary_emb_base");
    if (nomic && config.has(published) && !config.has(QStringLiteral("rope_theta")))
        read_rotation(config, 1000.0, result, published);
    else
        read_rotation(config, usual_rotary_base(description.model_type), result);
    check_head_width(config, "head_dim", result);
    // Past the length of training NomicBERT's code stretches the rotation by the length of the input.
    const QString trained = QStringLiteral("max_trained_positions");
    if (config.number(QStringLiteral("rotary_scaling_factor"), 0.0, 1e6, 1.0) != 1.0)
        result.max_positions = std::min(result.max_positions, config.integer(trained, 1, greatest_positions));
}

/// "DeBERTa: Decoding-enhanced BERT with Disentangled Attention" (He et al.), both versions.
void read_deberta(const JsonField &config, ModelDescription &description)
{
    EncoderConfig &result = description.config;
    const bool first = description.model_type == QStringLiteral("deberta");
    result.key_biases = !first;
    result.token_types = config.integer(QStringLiteral("type_vocab_size"), 0, 1000, 0);
    if (!config.flag(QStringLiteral("position_biased_input"), true))
        result.positions = Positions::none;
    check_head_width(config, "attention_head_size", result);
    config[QStringLiteral("talking_head")].require(false);
    for (const char *field : {"embedding_size", "pooler_hidden_size"}) {
        const QString name = QLatin1String(field);
        if (config.has(name) && config.integer(name, 1, greatest_width) != result.d_model)
            config.refuse(name, QString::number(result.d_model));
    }
    if (config.integer(QStringLiteral("conv_kernel_size"), 0, greatest_positions, 0) > 0)
        config.refuse(
            QStringLiteral("conv_kernel_size"),
            QCoreApplication::translate("Model", "0: a convolution beside the first layer is not computed"));
    description.between =
        choice(config, QStringLiteral("pooler_hidden_act"), function_names(), QStringLiteral("gelu"));
    QStringList kinds;
    const JsonField types = config[QStringLiteral("pos_att_type")];
    if (types.is_array()) {
        for (qsizetype at = 0; at < types.array().size(); ++at)
            kinds.append(types[at].string());
    } else {
        kinds = types.string_or(QString()).toLower().split(QLatin1Char('|'), Qt::SkipEmptyParts);
    }
    RelativeProducts &products = result.relative_products;
    for (const QString &kind : kinds) {
        if (kind.trimmed() == QStringLiteral("c2p"))
            products.content_to_position = true;
        else if (kind.trimmed() == QStringLiteral("p2c"))
            products.position_to_content = true;
        else
            throw types.unsupported(kind, {QStringLiteral("c2p"), QStringLiteral("p2c")});
    }
    products.in_scale = result.score_products();
    if (products.in_scale == 1)
        return;
    if (!config.flag(QStringLiteral("relative_attention"), false)) { // divided as if they were there
        products.content_to_position = products.position_to_content = false;
        return;
    }
    const int greatest = config.integer(QStringLiteral("max_relative_positions"), -1, greatest_positions, -1);
    products.greatest = greatest < 1
                            ? config.integer(QStringLiteral("max_position_embeddings"), 1, greatest_positions)
                            : greatest;
    if (!first)
        products.buckets =
            std::max(config.integer(QStringLiteral("position_buckets"), -1, greatest_positions, -1), 0);
    products.span = products.buckets > 0 ? products.buckets : products.greatest;
    products.rows = 2 * products.span;
    if (products.buckets == 1 || (products.buckets > 0 && products.greatest - 1 <= products.buckets / 2))
        config.refuse(
            QStringLiteral("position_buckets"),
            QCoreApplication::translate("Model", "from 2 to less than twice the greatest distance"));
    if (!first) {
        description.shares_relative_projections = config.flag(QStringLiteral("share_att_key"), false);
        const QString normed = config.text(QStringLiteral("norm_rel_ebd"), QStringLiteral("none")).toLower();
        description.norms_relative_table =
            normed.split(QLatin1Char('|')).contains(QStringLiteral("layer_norm"));
    }
    const long long d_model = result.d_model;
    products.parameters = products.rows * d_model + (description.norms_relative_table ? 2 * d_model : 0);
    if (!description.shares_relative_projections)
        products.parameters +=
            result.layers * d_model *
            ((result.score_products() - 1) * (d_model + 1) - (first && products.content_to_position ? 1 : 0));
}

/// Jina's second embedding models: BERT with slopes in place of positions and a gated FFN, whose second layer
/// alone has a bias.
void read_alibi(const JsonField &config, ModelDescription &description)
{
    EncoderConfig &result = description.config;
    description.mlm_activation = result.activation; // hidden_act; the gate has its own
    result.positions = Positions::none;
    result.position_offset = 0;
    result.distance_slopes = true;
    const QString kind = choice(config, QStringLiteral("feed_forward_type"),
                                Names<QString>{{QStringLiteral("geglu"), QStringLiteral("geglu")},
                                               {QStringLiteral("reglu"), QStringLiteral("reglu")},
                                               {QStringLiteral("original"), QString()}},
                                QStringLiteral("original"));
    if (kind.isEmpty())
        return;
    result.gated = true;
    result.activation = kind == QStringLiteral("geglu") ? Activation::gelu : Activation::relu;
    result.expand_biases = false;
}

/// BERT's older kinds of relative positions: "Self-Attention with Relative Position Representations" (Shaw et
/// al.), and "Improve Transformer Models with Better Relative Position Embeddings" (Huang et al.), method 4.
void read_relative_key(const JsonField &config, ModelDescription &description)
{
    const QString kind = config.text(QStringLiteral("position_embedding_type"), QStringLiteral("absolute"));
    if (kind == QStringLiteral("absolute"))
        return;
    EncoderConfig &result = description.config;
    if (kind == QStringLiteral("alibi")) {
        read_alibi(config, description);
        return;
    }
    const int most = config.integer(QStringLiteral("max_position_embeddings"), 1, greatest_positions);
    result.positions = Positions::none;
    result.position_offset = 0;
    result.max_positions = most;
    result.relative_products = {.content_to_position = true,
                                .position_to_content = kind == QStringLiteral("relative_key_query"),
                                .span = most - 1,
                                .rows = 2 * most - 1};
    result.relative_products.parameters =
        static_cast<long long>(result.layers) * result.relative_products.rows * result.d_k();
}

} // namespace

bool has_relative_key(const QString &model_type)
{
    static const QStringList types{QStringLiteral("bert"),          QStringLiteral("camembert"),
                                   QStringLiteral("data2vec-text"), QStringLiteral("electra"),
                                   QStringLiteral("ernie"),         QStringLiteral("megatron-bert"),
                                   QStringLiteral("roberta"),       QStringLiteral("roberta-prelayernorm"),
                                   QStringLiteral("xlm-roberta"),   QStringLiteral("xlm-roberta-xl")};
    return types.contains(model_type);
}

void read_recent_fields(const JsonField &config, ModelDescription &description)
{
    const QString &type = description.model_type;
    EncoderConfig &result = description.config;
    if (type == QStringLiteral("modernbert"))
        read_modernbert(config, description);
    else if (type == QStringLiteral("eurobert"))
        read_eurobert(config, description);
    else if (type == QStringLiteral("neobert"))
        read_neobert(config, description);
    else if (is_t5(type))
        read_t5_fields(config, description);
    else if (is_bart(type))
        read_bart_fields(config, description);
    else if (type == QStringLiteral("nomic_bert") || type == QStringLiteral("gte") ||
             type == QStringLiteral("new"))
        read_rotary_post_norm(config, description);
    else if (type == QStringLiteral("deberta") || type == QStringLiteral("deberta-v2"))
        read_deberta(config, description);
    else if (has_relative_key(type))
        read_relative_key(config, description);

    if (type == QStringLiteral("megatron-bert") || type == QStringLiteral("xlm-roberta-xl")) {
        result.norm_placement = NormPlacement::pre;
        result.embedding_norm = false;
    } else if (type == QStringLiteral("roberta-prelayernorm")) {
        result.norm_placement = NormPlacement::pre;
    } else if (type == QStringLiteral("ernie") && config.flag(QStringLiteral("use_task_id"), false)) {
        result.task_types = config.integer(QStringLiteral("task_type_vocab_size"), 1, 1000, 3);
    }
}

} // namespace encoderscope
