// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model_description.h"

namespace encoderscope
{

// Models of an encoder and a decoder, of which the encoder is computed. Their configuration is of both.

/// T5 and its relatives mT5 and UMT5.
bool is_t5(const QString &model_type);
/// BART and mBART.
bool is_bart(const QString &model_type);

/// "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transformer" (Raffel et al.),
/// section 2.1: no biases, norms by the root mean square before the sublayers, scores that are not divided
/// and have a bias by distance. Of UMT5 each layer has its own.
void read_t5_fields(const JsonField &config, ModelDescription &description);

/// "BART: Denoising Sequence-to-Sequence Pre-training ..." (Lewis et al.); of mBART the norms come before the
/// sublayers.
void read_bart_fields(const JsonField &config, ModelDescription &description);

} // namespace encoderscope
