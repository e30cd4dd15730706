// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/encoder_decoders.h"

#include "engine/model/config_fields.h"

namespace encoderscope
{

namespace
{

constexpr int least_buckets = 4;
constexpr int most_buckets = 511;

/// "relu", "gated-gelu" and the like.
void read_feed_forward_kind(const JsonField &config, const QString &usual, EncoderConfig &result)
{
    const QString field = QStringLiteral("feed_forward_proj");
    const QString gated = QStringLiteral("gated-");
    QString kind = config.text(field, usual);
    result.gated = kind.startsWith(gated);
    if (result.gated)
        kind = kind.mid(gated.size());
    // Gates by GELU are by its approximation, whatever the name says.
    if (result.gated && kind == QStringLiteral("gelu"))
        kind = QStringLiteral("gelu_new");
    QStringList supported;
    for (const auto &[name, activation] : activation_names()) {
        if (name == kind) {
            result.activation = activation;
            return;
        }
        supported += {name, gated + name};
    }
    throw config[field].unsupported(config.text(field), supported);
}

} // namespace

bool is_t5(const QString &model_type)
{
    return model_type == QStringLiteral("t5") || model_type == QStringLiteral("mt5") ||
           model_type == QStringLiteral("umt5");
}

bool is_bart(const QString &model_type)
{
    return model_type == QStringLiteral("bart") || model_type == QStringLiteral("mbart");
}

void read_t5_fields(const JsonField &config, ModelDescription &description)
{
    EncoderConfig &result = description.config;
    result.norm_placement = NormPlacement::pre;
    result.norm_kind = NormKind::root_mean_square;
    result.norm_biases = false;
    result.embedding_norm = false;
    result.biases = false;
    result.divides_scores = false;
    const QString type = description.model_type;
    read_feed_forward_kind(
        config, type == QStringLiteral("t5") ? QStringLiteral("relu") : QStringLiteral("gated-gelu"), result);
    result.relative_buckets =
        config.integer(QStringLiteral("relative_attention_num_buckets"), least_buckets, most_buckets, 32);
    const QString greatest = QStringLiteral("relative_attention_max_distance");
    result.relative_greatest = config.integer(greatest, 1, greatest_positions, 128);
    if (result.relative_greatest <= result.relative_buckets / 4)
        config.refuse(greatest, QCoreApplication::translate("Model", "more than a quarter of %1 (%2)")
                                    .arg(result.relative_buckets)
                                    .arg(QStringLiteral("relative_attention_num_buckets")));
    result.relative_bias_by_layer = type == QStringLiteral("umt5");
}

void read_bart_fields(const JsonField &config, ModelDescription &description)
{
    EncoderConfig &result = description.config;
    result.norm_epsilon = 1e-5F; // the reference's, whatever the file says
    result.embedding_scale = config.flag(QStringLiteral("scale_embedding"), false);
    result.counts_padding = true;
    config[QStringLiteral("static_position_embeddings")].require(false);
    if (description.model_type == QStringLiteral("mbart"))
        result.norm_placement = NormPlacement::pre;
}

} // namespace encoderscope
