// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

#include <vector>

namespace encoderscope
{

/// Where one tensor lies in the buffer of all parameters.
struct Slot {
    QString name; ///< for messages: "layer 1 query_key_value weight"
    Index offset = 0;
    Index rows = 0;
    Index columns = 0;
    bool decays = false; ///< weight decay pulls it to zero: the matrices of linear layers

    Index size() const { return rows * columns; }
    bool empty() const { return size() == 0; }
};

struct LinearSlots {
    Slot weight; ///< [out x in]
    Slot bias;   ///< [1 x out]
};

struct NormSlots {
    Slot gain, bias; ///< [1 x d_model]
};

struct LayerSlots {
    LinearSlots query_key_value; ///< W_Q, W_K, W_V one below the other [3 d_model x d_model]
    LinearSlots output;          ///< W_O
    NormSlots attention_norm;
    LinearSlots expand, shrink;
    NormSlots feed_forward_norm;
};

/// How the parameters of a trainable encoder with a masked-word head lie in one flat buffer. What the
/// configuration does not have is empty. The head's decoder is the token table ("tied").
struct ParameterLayout {
    /// Throws Error when training does not support the configuration.
    explicit ParameterLayout(const EncoderConfig &config);

    EncoderConfig config;
    Slot token;      ///< [vocabulary_size x d_model]
    Slot position;   ///< [max_positions + position_offset x d_model], learned positions only
    Slot token_type; ///< [token_types x d_model]
    NormSlots embedding_norm;
    std::vector<LayerSlots> layers;
    NormSlots final_norm;        ///< only of pre-norm models
    Slot output_bias;            ///< [1 x vocabulary_size]
    std::vector<Slot> all_slots; ///< all of them, in the order of the buffer
    Index size = 0;              ///< floats in the buffer
};

/// All parameters, or their gradient, or an optimizer's averages of it.
using ParameterVector = Eigen::VectorXf;

/// The parameters of `model` as a flat buffer. Throws Error when it has none that training supports.
ParameterVector parameters_of(const ParameterLayout &layout, const Model &model);

/// A model that looks into `parameters`.
ModelPtr model_of(const ParameterLayout &layout, std::shared_ptr<const ParameterVector> parameters,
                  TokenizerPtr tokenizer, const QString &name);

} // namespace encoderscope
