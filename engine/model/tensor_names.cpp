// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/tensor_names.h"

#include <functional>
#include <map>

namespace encoderscope
{

namespace
{

using Between = HeadFunction;

/// Before the names of architectures that call themselves so, and of others that programs wrapped.
const QString any_models_prefix = QStringLiteral("model.");

TensorNames bert()
{
    TensorNames names;
    names.prefix = QStringLiteral("bert.");
    names.mlm_transform = QStringLiteral("cls.predictions.transform.dense");
    names.mlm_norm = QStringLiteral("cls.predictions.transform.LayerNorm");
    names.mlm_decoder = QStringLiteral("cls.predictions.decoder");
    names.mlm_bias = QStringLiteral("cls.predictions.bias");
    names.classifies_pooled = true;
    return names;
}

TensorNames roberta()
{
    TensorNames names;
    names.prefix = QStringLiteral("roberta.");
    names.mlm_transform = QStringLiteral("lm_head.dense");
    names.mlm_norm = QStringLiteral("lm_head.layer_norm");
    names.mlm_decoder = QStringLiteral("lm_head.decoder");
    names.mlm_bias = QStringLiteral("lm_head.bias");
    names.mlm_activation = Activation::gelu;
    names.classifier = QStringLiteral("classifier.out_proj");
    names.classifier_dense = QStringLiteral("classifier.dense");
    names.between = Between::tanh;
    return names;
}

TensorNames distilbert()
{
    TensorNames names;
    names.prefix = QStringLiteral("distilbert.");
    names.layer_stem = QStringLiteral("transformer.layer.%1.");
    names.query = QStringLiteral("attention.q_lin");
    names.key = QStringLiteral("attention.k_lin");
    names.value = QStringLiteral("attention.v_lin");
    names.output = QStringLiteral("attention.out_lin");
    names.attention_norm = QStringLiteral("sa_layer_norm");
    names.expand = QStringLiteral("ffn.lin1");
    names.shrink = QStringLiteral("ffn.lin2");
    names.feed_forward_norm = QStringLiteral("output_layer_norm");
    names.mlm_transform = QStringLiteral("vocab_transform");
    names.mlm_norm = QStringLiteral("vocab_layer_norm");
    names.mlm_decoder = QStringLiteral("vocab_projector");
    names.mlm_bias = QStringLiteral("vocab_projector.bias");
    names.classifier_dense = QStringLiteral("pre_classifier");
    names.between = Between::relu;
    return names;
}

TensorNames electra()
{
    TensorNames names;
    names.prefix = QStringLiteral("electra.");
    names.mlm_transform = QStringLiteral("generator_predictions.dense");
    names.mlm_norm = QStringLiteral("generator_predictions.LayerNorm");
    names.mlm_decoder = QStringLiteral("generator_lm_head");
    names.mlm_bias = QStringLiteral("generator_lm_head.bias");
    names.mlm_activation = Activation::gelu;
    names.classifier = QStringLiteral("classifier.out_proj");
    names.classifier_dense = QStringLiteral("classifier.dense");
    names.between = Between::gelu;
    return names;
}

TensorNames albert()
{
    TensorNames names;
    names.prefix = QStringLiteral("albert.");
    names.embedding_projection = QStringLiteral("encoder.embedding_hidden_mapping_in");
    names.pooler = QStringLiteral("pooler");
    names.query = QStringLiteral("attention.query");
    names.key = QStringLiteral("attention.key");
    names.value = QStringLiteral("attention.value");
    names.output = QStringLiteral("attention.dense");
    names.attention_norm = QStringLiteral("attention.LayerNorm");
    names.expand = QStringLiteral("ffn");
    names.shrink = QStringLiteral("ffn_output");
    names.feed_forward_norm = QStringLiteral("full_layer_layer_norm");
    names.mlm_transform = QStringLiteral("predictions.dense");
    names.mlm_norm = QStringLiteral("predictions.LayerNorm");
    names.mlm_decoder = QStringLiteral("predictions.decoder");
    names.mlm_bias = QStringLiteral("predictions.bias");
    names.classifies_pooled = true;
    return names;
}

TensorNames mpnet()
{
    TensorNames names = roberta();
    names.prefix = QStringLiteral("mpnet.");
    names.query = QStringLiteral("attention.attn.q");
    names.key = QStringLiteral("attention.attn.k");
    names.value = QStringLiteral("attention.attn.v");
    names.output = QStringLiteral("attention.attn.o");
    names.attention_norm = QStringLiteral("attention.LayerNorm");
    return names;
}

TensorNames with_prefix(TensorNames names, const char *prefix)
{
    names.prefix = QLatin1String(prefix);
    return names;
}

TensorNames megatron()
{
    TensorNames names = bert();
    names.attention_norm = QStringLiteral("attention.ln");
    names.feed_forward_norm = QStringLiteral("ln");
    names.final_norm = QStringLiteral("encoder.ln");
    return names;
}

TensorNames xlm_roberta_xl()
{
    TensorNames names = roberta();
    names.attention_norm = QStringLiteral("attention.self_attn_layer_norm");
    names.feed_forward_norm = QStringLiteral("LayerNorm");
    names.final_norm = QStringLiteral("encoder.LayerNorm");
    return names;
}

TensorNames roberta_prelayernorm()
{
    TensorNames names = with_prefix(roberta(), "roberta_prelayernorm.");
    names.attention_norm = QStringLiteral("attention.LayerNorm");
    names.feed_forward_norm = QStringLiteral("intermediate.LayerNorm");
    names.final_norm = QStringLiteral("LayerNorm");
    return names;
}

TensorNames modernbert()
{
    TensorNames names;
    names.prefix = any_models_prefix;
    names.token_table = QStringLiteral("embeddings.tok_embeddings.weight");
    names.embedding_norm = QStringLiteral("embeddings.norm");
    names.pooler.clear();
    names.layer_stem = QStringLiteral("layers.%1.");
    names.query_key_value = QStringLiteral("attn.Wqkv");
    names.output = QStringLiteral("attn.Wo");
    names.attention_norm = QStringLiteral("attn_norm");
    names.expand_and_value = QStringLiteral("mlp.Wi");
    names.shrink = QStringLiteral("mlp.Wo");
    names.feed_forward_norm = QStringLiteral("mlp_norm");
    names.mlm_transform = QStringLiteral("head.dense");
    names.mlm_norm = QStringLiteral("head.norm");
    names.mlm_decoder = QStringLiteral("decoder");
    names.mlm_bias = QStringLiteral("decoder.bias");
    names.mlm_bias_may_lack = true;
    names.classifier_dense = names.mlm_transform;
    names.classifier_norm = names.mlm_norm;
    names.heads_share_dense = true;
    names.answers = names.classifier;
    return names;
}

/// What NomicBERT and GTE share.
TensorNames rotary_post_norm()
{
    TensorNames names = bert();
    names.layer_stem = QStringLiteral("layers.%1.");
    names.query = QStringLiteral("self_attn.q_proj");
    names.key = QStringLiteral("self_attn.k_proj");
    names.value = QStringLiteral("self_attn.v_proj");
    names.output = QStringLiteral("self_attn.o_proj");
    names.attention_norm = QStringLiteral("post_attention_layernorm");
    names.expand = QStringLiteral("mlp.gate_proj");
    names.feed_forward_value = QStringLiteral("mlp.up_proj");
    names.shrink = QStringLiteral("mlp.down_proj");
    names.feed_forward_norm = QStringLiteral("post_mlp_layernorm");
    return names;
}

TensorNames nomic_bert()
{
    TensorNames names = with_prefix(rotary_post_norm(), "nomic_bert.");
    names.mlm_norm = QStringLiteral("cls.predictions.transform.layer_norm");
    return names;
}

TensorNames gte()
{
    TensorNames names = with_prefix(rotary_post_norm(), "gte.");
    names.mlm_transform = QStringLiteral("lm_head.dense");
    names.mlm_norm = QStringLiteral("lm_head.layer_norm");
    names.mlm_decoder = QStringLiteral("lm_head.decoder");
    names.mlm_bias = QStringLiteral("lm_head.decoder.bias");
    names.mlm_activation = Activation::gelu;
    return names;
}

TensorNames published_nomic_bert()
{
    TensorNames names = nomic_bert();
    names.embedding_norm = QStringLiteral("emb_ln");
    names.layer_stem = QStringLiteral("encoder.layers.%1.");
    names.query_key_value = QStringLiteral("attn.Wqkv");
    names.output = QStringLiteral("attn.out_proj");
    names.attention_norm = QStringLiteral("norm1");
    names.expand = QStringLiteral("mlp.fc12");
    names.feed_forward_value = QStringLiteral("mlp.fc11");
    names.shrink = QStringLiteral("mlp.fc2");
    names.feed_forward_norm = QStringLiteral("norm2");
    return names;
}

TensorNames published_gte(TensorNames names)
{
    names.layer_stem = QStringLiteral("encoder.layer.%1.");
    names.query_key_value = QStringLiteral("attention.qkv_proj");
    names.output = QStringLiteral("attention.o_proj");
    names.attention_norm = QStringLiteral("attn_ln");
    names.expand_and_value = QStringLiteral("mlp.up_gate_proj");
    names.value_first = true;
    names.feed_forward_norm = QStringLiteral("mlp_ln");
    names.mlm_norm = QStringLiteral("lm_head.norm");
    return names;
}

TensorNames eurobert()
{
    TensorNames names = rotary_post_norm();
    names.prefix = any_models_prefix;
    names.token_table = QStringLiteral("embed_tokens.weight");
    names.pooler.clear();
    names.attention_norm = QStringLiteral("input_layernorm");
    names.feed_forward_norm = QStringLiteral("post_attention_layernorm");
    names.final_norm = QStringLiteral("norm");
    names.mlm_transform.clear();
    names.mlm_norm.clear();
    names.mlm_decoder = QStringLiteral("lm_head");
    names.mlm_bias.clear();
    names.mlm_bias_may_lack = true;
    names.classifier_dense = QStringLiteral("dense");
    names.between = Between::gelu;
    names.classifies_pooled = false;
    return names;
}

TensorNames neobert()
{
    TensorNames names;
    names.prefix = any_models_prefix;
    names.token_table = QStringLiteral("encoder.weight");
    names.pooler.clear();
    names.final_norm = QStringLiteral("layer_norm");
    names.layer_stem = QStringLiteral("transformer_encoder.%1.");
    names.query_key_value = QStringLiteral("qkv");
    names.by_heads = true;
    names.turns_neighbours = true;
    names.output = QStringLiteral("wo");
    names.attention_norm = QStringLiteral("attention_norm");
    names.expand_and_value = QStringLiteral("ffn.w12");
    names.shrink = QStringLiteral("ffn.w3");
    names.feed_forward_norm = QStringLiteral("ffn_norm");
    names.mlm_decoder = QStringLiteral("decoder");
    names.mlm_bias = QStringLiteral("decoder.bias");
    names.classifier_dense = QStringLiteral("dense");
    names.between = Between::tanh;
    return names;
}

/// What the encoders of T5 and BART share.
TensorNames encoder_decoder()
{
    TensorNames names;
    names.prefix = any_models_prefix;
    names.token_table = QStringLiteral("shared.weight");
    names.other_token_table = QStringLiteral("encoder.embed_tokens.weight");
    names.pooler.clear();
    names.classifier.clear(); // it reads the decoder
    names.answers.clear();
    return names;
}

TensorNames t5()
{
    TensorNames names = encoder_decoder();
    names.decoder = QStringLiteral("decoder.final_layer_norm.weight");
    names.layer_relative_bias = QStringLiteral("layer.0.SelfAttention.relative_attention_bias.weight");
    names.final_norm = QStringLiteral("encoder.final_layer_norm");
    names.layer_stem = QStringLiteral("encoder.block.%1.");
    names.query = QStringLiteral("layer.0.SelfAttention.q");
    names.key = QStringLiteral("layer.0.SelfAttention.k");
    names.value = QStringLiteral("layer.0.SelfAttention.v");
    names.output = QStringLiteral("layer.0.SelfAttention.o");
    names.attention_norm = QStringLiteral("layer.0.layer_norm");
    names.expand = QStringLiteral("layer.1.DenseReluDense.wi"); // of gated FFNs wi_0
    names.feed_forward_value = QStringLiteral("layer.1.DenseReluDense.wi_1");
    names.shrink = QStringLiteral("layer.1.DenseReluDense.wo");
    names.feed_forward_norm = QStringLiteral("layer.1.layer_norm");
    return names;
}

TensorNames bart()
{
    TensorNames names = encoder_decoder();
    names.decoder = QStringLiteral("decoder.layers.0.fc1.weight");
    names.position_table = QStringLiteral("encoder.embed_positions.weight");
    names.embedding_norm = QStringLiteral("encoder.layernorm_embedding");
    names.final_norm = QStringLiteral("encoder.layer_norm");
    names.layer_stem = QStringLiteral("encoder.layers.%1.");
    names.query = QStringLiteral("self_attn.q_proj");
    names.key = QStringLiteral("self_attn.k_proj");
    names.value = QStringLiteral("self_attn.v_proj");
    names.output = QStringLiteral("self_attn.out_proj");
    names.attention_norm = QStringLiteral("self_attn_layer_norm");
    names.expand = QStringLiteral("fc1");
    names.shrink = QStringLiteral("fc2");
    names.feed_forward_norm = QStringLiteral("final_layer_norm");
    return names;
}

TensorNames deberta_v2()
{
    TensorNames names = with_prefix(bert(), "deberta.");
    names.pooler.clear(); // its function is none of a pooler's: it is the classifier's dense layer
    names.query = QStringLiteral("attention.self.query_proj");
    names.key = QStringLiteral("attention.self.key_proj");
    names.value = QStringLiteral("attention.self.value_proj");
    names.classifier_dense = QStringLiteral("pooler.dense");
    names.between = Between::gelu;
    names.classifies_pooled = false;
    return names;
}

TensorNames deberta()
{
    TensorNames names = deberta_v2();
    names.query_key_value = QStringLiteral("attention.self.in_proj");
    names.by_heads = true;
    names.query_bias = QStringLiteral("attention.self.q_bias");
    names.value_bias = QStringLiteral("attention.self.v_bias");
    names.relative_key = QStringLiteral("attention.self.pos_proj");
    names.relative_query = QStringLiteral("attention.self.pos_q_proj");
    names.relative_key_bias = false;
    return names;
}

const std::map<QString, std::function<TensorNames()>> &architectures()
{
    static const std::map<QString, std::function<TensorNames()>> all{
        {QStringLiteral("albert"), albert},
        {QStringLiteral("bart"), bart},
        {QStringLiteral("bert"), bert},
        {QStringLiteral("camembert"), roberta},
        {QStringLiteral("data2vec-text"), [] { return with_prefix(roberta(), "data2vec_text."); }},
        {QStringLiteral("deberta"), deberta},
        {QStringLiteral("deberta-v2"), deberta_v2},
        {QStringLiteral("distilbert"), distilbert},
        {QStringLiteral("electra"), electra},
        {QStringLiteral("encoderscope"), bert},
        {QStringLiteral("ernie"), [] { return with_prefix(bert(), "ernie."); }},
        {QStringLiteral("eurobert"), eurobert},
        {QStringLiteral("gte"), gte},
        {QStringLiteral("mbart"), bart},
        {QStringLiteral("megatron-bert"), megatron},
        {QStringLiteral("modernbert"), modernbert},
        {QStringLiteral("mpnet"), mpnet},
        {QStringLiteral("mt5"), t5},
        {QStringLiteral("neobert"), neobert},
        {QStringLiteral("new"), [] { return with_prefix(gte(), "new."); }},
        {QStringLiteral("nomic_bert"), nomic_bert},
        {QStringLiteral("roberta"), roberta},
        {QStringLiteral("roberta-prelayernorm"), roberta_prelayernorm},
        {QStringLiteral("t5"), t5},
        {QStringLiteral("umt5"), t5},
        {QStringLiteral("xlm-roberta"), roberta},
        {QStringLiteral("xlm-roberta-xl"), xlm_roberta_xl},
    };
    return all;
}

} // namespace

QStringList architecture_prefixes()
{
    QStringList prefixes;
    for (const auto &[model_type, names] : architectures())
        prefixes.append(names().prefix);
    prefixes.removeDuplicates();
    prefixes.removeAll(any_models_prefix);
    return prefixes;
}

QStringList supported_model_types()
{
    QStringList types;
    for (const auto &[model_type, names] : architectures())
        types.append(model_type);
    return types;
}

TensorNames tensor_names(const QString &model_type)
{
    return architectures().at(model_type)();
}

TensorNames published_tensor_names(const QString &model_type)
{
    if (model_type == QStringLiteral("nomic_bert"))
        return published_nomic_bert();
    const TensorNames names = tensor_names(model_type);
    const bool gte = model_type == QStringLiteral("gte") || model_type == QStringLiteral("new");
    return gte ? published_gte(names) : names;
}

} // namespace encoderscope
