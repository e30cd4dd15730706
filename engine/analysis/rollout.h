// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <stop_token>

namespace encoderscope
{

/// How much of each input token reaches each token through layers 0 .. `last_layer` ("Quantifying Attention
/// Flow in Transformers", section 3): the product of 0.5 * (mean of the heads) + 0.5 * I over the layers
/// [tokens x tokens]; row = token after `last_layer`, column = input token. Each row sums to 1 unless every
/// key is masked. Heads that are off do not count in the mean; a layer or attention sublayer that is off, or
/// has no head on, passes everything on (I). `last_layer` = -1 is the identity. A stopped computation returns
/// an empty matrix.
Matrix attention_rollout(const Trace &trace, int last_layer, const std::stop_token &stop = {});

/// The mean of the attention weights of a layer's heads that are on; of all when none is [tokens x tokens].
Matrix mean_attention(const Trace &trace, int layer);

} // namespace encoderscope
