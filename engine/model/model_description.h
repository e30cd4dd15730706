// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/encoder_config.h"
#include "engine/model/output_heads.h"
#include "engine/text/json_reader.h"

#include <QStringList>

namespace encoderscope
{

/// What a config.json says of a model.
struct ModelDescription {
    QString model_type; ///< "bert", "roberta" ...; "encoderscope" for what only this program computes
    EncoderConfig config;
    QStringList architectures;
    QStringList labels;          ///< id2label in the order of the ids
    bool ties_embeddings = true; ///< the decoder of masked-word prediction is the embedding table
    std::optional<ClassificationHead::Values> class_values; ///< by problem_type; not set: by the labels
    bool trained = true;                                    ///< false: the weights are initial ones
    bool always_projects = false; ///< the embedding is projected even when the sizes agree (ALBERT)
    bool shares_relative_projections =
        false;                           ///< relative positions are projected by W_K and W_Q (DeBERTa-v2)
    bool norms_relative_table = false;   ///< and normalized before
    bool classifies_mean = false;        ///< the mean of all tokens instead of the first
    bool classifies_late = false;        ///< the mean of all tokens' logits, which is not computed
    std::optional<HeadFunction> between; ///< in a classifier; not set: as the architecture has it
    std::optional<bool> head_biases;     ///< of the dense layers of heads; not set: they have them
    std::optional<Activation>
        mlm_activation;      ///< of masked-word prediction; not set: as the architecture has it
    QStringList layer_stems; ///< for each layer what its tensors' names begin with; shared layers repeat it
};

/// Reads config.json. Throws Error for another `model_type`, and for values outside their limits.
ModelDescription read_model_description(const JsonField &config);

/// config.json of a model; "bert" when BERT computes the same, else "encoderscope".
QJsonObject write_model_description(const ModelDescription &description);

/// False when the configuration has what this program's own models do not: rotary or disentangled positions,
/// gates, windows, other norms. Such a model can be shown, but neither trained nor written.
bool is_own_kind(const EncoderConfig &config);

/// True when BERT, as others implement it, computes the same as an encoder with this configuration.
bool is_plain_bert(const EncoderConfig &config);

} // namespace encoderscope
