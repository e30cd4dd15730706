// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/own_code.h"

#include "engine/model/unusable.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace encoderscope
{

namespace
{

struct KnownCode {
    QString model_type, repository, name;
};

const std::vector<KnownCode> &known_code()
{
    static const std::vector<KnownCode> all{
        {QStringLiteral("bert"), QStringLiteral("jinaai/jina-bert-implementation"),
         QStringLiteral("modeling_bert.JinaBert")},
        {QStringLiteral("gte"), QStringLiteral("Snowflake/snowflake-arctic-embed-m-v2.0"),
         QStringLiteral("modeling_hf_alibaba_nlp_gte.Gte")},
        {QStringLiteral("neobert"), QStringLiteral("chandar-lab/NeoBERT"), QStringLiteral("model.NeoBERT")},
        {QStringLiteral("new"), QStringLiteral("Alibaba-NLP/new-impl"), QStringLiteral("modeling.New")},
        {QStringLiteral("nomic_bert"), QStringLiteral("nomic-ai/nomic-bert-2048"),
         QStringLiteral("modeling_hf_nomic_bert.NomicBert")},
    };
    return all;
}

bool is_known_code(const JsonField &config, const QString &model_type, const QString &code)
{
    const auto &all = known_code();
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](const KnownCode &one) { return one.model_type == model_type; });
    if (known == all.end())
        return false;
    if (model_type == QStringLiteral("bert") &&
        config.text(QStringLiteral("position_embedding_type"), QString()) != QStringLiteral("alibi"))
        return false;
    const QString there = known->repository + QStringLiteral("--");
    return (code.startsWith(there) ? code.mid(there.size()) : code).startsWith(known->name);
}

} // namespace

void refuse_own_code(const JsonField &config, const QString &model_type)
{
    const QString field = QStringLiteral("auto_map");
    const QJsonObject map = config[field].is_object() ? config[field].object() : QJsonObject();
    for (const QString &name : map.keys()) {
        if (name.startsWith(QStringLiteral("AutoModel")) &&
            !is_known_code(config, model_type, map.value(name).toString()))
            throw unusable(config.file(), field,
                           QCoreApplication::translate("Model", "a model without code of its own"),
                           shortened(name + QStringLiteral(": ") + map.value(name).toString()));
    }
}

void refuse_own_choices(const JsonField &config, const QString &model_type)
{
    const auto require = [&config](const char *field, const QJsonValue &value) {
        config[QLatin1String(field)].require(value);
    };
    if (model_type == QStringLiteral("nomic_bert")) {
        for (const char *field : {"num_experts", "moe_every_n_layers"})
            require(field, 0);
        for (const char *field :
             {"causal", "prenorm", "parallel_block", "use_rms_norm", "qkv_proj_bias", "mlp_fc1_bias",
              "mlp_fc2_bias", "rotary_emb_interleaved", "norm_mlp", "scale_attn_by_inverse_layer_idx"})
            require(field, false);
        require("scale_attn_weights", true);
        require("activation_function", QStringLiteral("swiglu"));
        require("rotary_emb_fraction", 1.0);
        if (config.has(QStringLiteral("rotary_emb_scale_base")))
            config.refuse(QStringLiteral("rotary_emb_scale_base"), QStringLiteral("null"));
    } else if (model_type == QStringLiteral("gte") || model_type == QStringLiteral("new")) {
        require("position_embedding_type", QStringLiteral("rope"));
        require("layer_norm_type", QStringLiteral("layer_norm"));
        require("logn_attention_scale", false);
    } else if (model_type == QStringLiteral("neobert")) {
        for (const char *field : {"ngpt", "tie_word_embeddings"})
            require(field, false);
        for (const char *field : {"rope", "rms_norm"})
            require(field, true);
    }
}

} // namespace encoderscope
