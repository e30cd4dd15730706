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
    std::optional<Activation>
        mlm_activation;      ///< of masked-word prediction; not set: as the architecture has it
    QStringList layer_stems; ///< for each layer what its tensors' names begin with; shared layers repeat it
};

/// The `model_type`s that can be opened.
QStringList supported_model_types();

/// Reads config.json. Throws Error for another `model_type`, and for values outside their limits.
ModelDescription read_model_description(const JsonField &config);

/// config.json of a model; "bert" when BERT computes the same, else "encoderscope".
QJsonObject write_model_description(const ModelDescription &description);

/// True when BERT, as others implement it, computes the same as an encoder with this configuration.
bool is_plain_bert(const EncoderConfig &config);

} // namespace encoderscope
