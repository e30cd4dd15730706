// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/checkpoint.h"
#include "engine/model/encoder_weights.h"
#include "engine/model/model_description.h"
#include "engine/model/output_heads.h"
#include "engine/model/tensor_names.h"

namespace encoderscope
{

/// NAME.weight [out x in], and NAME.bias [out] when `bias`.
Linear read_linear(const Checkpoint &checkpoint, const QString &name, Index out, Index in, bool bias);

/// What a norm is made of.
struct NormParts {
    NormKind kind = NormKind::layer;
    bool bias = true;
};

/// NAME.weight, and NAME.bias when there is one, both [width].
LayerNorm read_layer_norm(const Checkpoint &checkpoint, const QString &name, Index width,
                          const NormParts &parts = {});

/// What the checkpoint has on top of the encoder.
OutputHeads read_output_heads(const Checkpoint &checkpoint, const TensorNames &names,
                              const ModelDescription &description, const EncoderWeights &weights);

} // namespace encoderscope
