// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/tensor_names.h"

#include <functional>
#include <map>

namespace encoderscope
{

namespace
{

using Between = HeadFunction;

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

const std::map<QString, std::function<TensorNames()>> &architectures()
{
    static const std::map<QString, std::function<TensorNames()>> all{
        {QStringLiteral("albert"), albert},       {QStringLiteral("bert"), bert},
        {QStringLiteral("camembert"), roberta},   {QStringLiteral("distilbert"), distilbert},
        {QStringLiteral("electra"), electra},     {QStringLiteral("encoderscope"), bert},
        {QStringLiteral("mpnet"), mpnet},         {QStringLiteral("roberta"), roberta},
        {QStringLiteral("xlm-roberta"), roberta},
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
    return prefixes;
}

TensorNames tensor_names(const QString &model_type)
{
    return architectures().at(model_type)();
}

} // namespace encoderscope
