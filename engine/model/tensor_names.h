// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/output_heads.h"

namespace encoderscope
{

/// The names that an architecture's tensors have in checkpoints, as the reference implementation writes them.
/// Linear layers and norms are named without their ".weight" and ".bias".
struct TensorNames {
    QString prefix; ///< before the encoder's names; checkpoints may leave it out
    QString embedding_projection = QStringLiteral("embeddings_project");
    QString relative_bias = QStringLiteral("encoder.relative_attention_bias.weight");
    QString pooler = QStringLiteral("pooler.dense");

    // Within one layer.
    QString query = QStringLiteral("attention.self.query");
    QString key = QStringLiteral("attention.self.key");
    QString value = QStringLiteral("attention.self.value");
    QString output = QStringLiteral("attention.output.dense");
    QString attention_norm = QStringLiteral("attention.output.LayerNorm");
    QString expand = QStringLiteral("intermediate.dense");
    QString shrink = QStringLiteral("output.dense");
    QString feed_forward_norm = QStringLiteral("output.LayerNorm");

    // Masked-word prediction.
    QString mlm_transform;
    QString mlm_norm;
    QString mlm_decoder; ///< with ".weight"; without that tensor the embedding table is used
    QString mlm_bias;    ///< the checkpoint has this head when it has this tensor, or the decoder's bias
    std::optional<Activation> mlm_activation; ///< not set: the encoder's

    // Sequence classification.
    QString classifier = QStringLiteral("classifier");
    QString classifier_dense; ///< empty: none
    HeadFunction between = HeadFunction::none;
    bool classifies_pooled = false;
};

/// The prefixes of all architectures ("bert.").
QStringList architecture_prefixes();

/// `model_type` is one of supported_model_types().
TensorNames tensor_names(const QString &model_type);

} // namespace encoderscope
