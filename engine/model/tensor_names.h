// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/output_heads.h"

namespace encoderscope
{

/// The names that an architecture's tensors have in checkpoints, as the reference implementation writes them.
/// Linear layers and norms are named without their ".weight" and ".bias".
struct TensorNames {
    QString prefix; ///< before the encoder's names; checkpoints may leave it out
    QString token_table = QStringLiteral("embeddings.word_embeddings.weight");
    QString other_token_table; ///< where the table is under another name in some files; may be empty
    QString position_table = QStringLiteral("embeddings.position_embeddings.weight");
    QString embedding_norm = QStringLiteral("embeddings.LayerNorm");
    QString embedding_projection = QStringLiteral("embeddings_project");
    QString relative_bias = QStringLiteral("encoder.relative_attention_bias.weight");
    QString layer_relative_bias; ///< in the layer, where each has its own, or the first one has the table
    QString decoder;             ///< a tensor of the decoder, which is not computed; empty: none
    QString relative_table = QStringLiteral("encoder.rel_embeddings.weight");
    QString relative_norm = QStringLiteral("encoder.LayerNorm");
    QString final_norm = QStringLiteral("final_norm");
    QString pooler = QStringLiteral("pooler.dense"); ///< empty: none
    QString layer_stem = QStringLiteral("encoder.layer.%1.");

    // Within one layer.
    QString query = QStringLiteral("attention.self.query");
    QString key = QStringLiteral("attention.self.key");
    QString value = QStringLiteral("attention.self.value");
    QString query_key_value; ///< where the three lie below each other in one tensor; else empty
    /// Of such a tensor: the three of each head lie together, and it has biases of queries and values alone.
    bool by_heads = false;
    QString query_bias, value_bias;
    /// Rotary positions turn dimensions 2i and 2i + 1 of a head, not i and i + d_k / 2.
    bool turns_neighbours = false;
    QString output = QStringLiteral("attention.output.dense");
    QString attention_norm = QStringLiteral("attention.output.LayerNorm");
    QString expand = QStringLiteral("intermediate.dense");
    QString feed_forward_value; ///< of gated FFNs
    QString expand_and_value;   ///< where the two lie below each other in one tensor; else empty
    bool value_first = false;   ///< of such a tensor: V lies above W_1
    QString shrink = QStringLiteral("output.dense");
    QString relative_key = QStringLiteral("attention.self.pos_key_proj");
    QString relative_query = QStringLiteral("attention.self.pos_query_proj");
    bool relative_key_bias = true;
    QString distance_table = QStringLiteral("attention.self.distance_embedding.weight");
    QString feed_forward_norm = QStringLiteral("output.LayerNorm");

    // Masked-word prediction.
    QString mlm_transform;
    QString mlm_norm;
    QString mlm_decoder; ///< with ".weight"; without that tensor the embedding table is used
    QString mlm_bias;    ///< the checkpoint has this head when it has this tensor, or the decoder's bias
    bool mlm_bias_may_lack = false;           ///< then it has it also when config.json says so
    std::optional<Activation> mlm_activation; ///< not set: the encoder's

    // Sequence classification.
    QString classifier = QStringLiteral("classifier");
    QString classifier_dense; ///< empty: none
    HeadFunction between = HeadFunction::none;
    QString classifier_norm; ///< after dense and function; empty: none
    bool classifies_pooled = false;
    bool heads_share_dense =
        false; ///< labels of tokens and answers come after dense and norm, too (ModernBERT)
    QString answers = QStringLiteral("qa_outputs");
};

/// The prefixes that say which architecture the tensors are of ("bert.").
QStringList architecture_prefixes();

/// The `model_type`s that can be opened, in the order of their names.
QStringList supported_model_types();

/// `model_type` is one of supported_model_types().
TensorNames tensor_names(const QString &model_type);
/// The names that published files of that type have where the reference implementation renames them when it
/// reads them (GTE, NomicBERT), and back when it writes; the same as tensor_names() for all others.
TensorNames published_tensor_names(const QString &model_type);

} // namespace encoderscope
