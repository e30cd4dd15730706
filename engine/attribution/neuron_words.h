// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <vector>

namespace encoderscope
{

/// What a neuron of a layer adds to a token for each unit of its activation: its column of W_2 [1 x d_model].
RowVector neuron_output(const Model &model, int layer, int neuron);

/// How much each piece's logit at a token would change if the neuron were stronger there by 1 and what it
/// adds went straight to the masked-word head: head(h + w) - head(h), with h the token's hidden state after
/// the last layer and w the neuron's output [1 x vocabulary]. Of early layers that is a reading: the layers
/// between do not answer. Throws Error for a model without the head, and for a layer, neuron or token that is
/// not there.
RowVector neuron_word_changes(const Trace &trace, int layer, int neuron, int token);

} // namespace encoderscope
