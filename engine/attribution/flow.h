// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/attribution/progress.h"
#include "engine/forward/trace.h"

#include <stop_token>

namespace encoderscope
{

/// How what goes from one token to another through an attention sublayer is measured. With weights a of the
/// keys and f(x) = (x W_V + b_V) W_O of each head:
enum class Flow {
    norm,     ///< |sum over heads of a f(x)|: "Attention is Not Only a Weight" (Kobayashi et al. 2020)
    residual, ///< the same with the residual and the layer norm ("Incorporating Residual and Normalization
              ///< Layers into Analysis of Masked Language Models", 2021)
    globenc,  ///< and with the FFN sublayer's layer norm ("GlobEnc", Modarressi et al. 2022)
    alti,     ///< how much nearer that vector brings the sum, in the 1-norm ("Measuring the Mixing of
              ///< Contextual Information in the Transformer", Ferrando et al. 2022); rows sum to 1
};

/// One head's |a f(x)| for each query (row) and key (column) [n x n]; zeros for a head that is off.
Matrix head_flow(const Trace &trace, int layer, int head);

/// A layer's flow for each query (row) and key (column) [n x n]. A sublayer that is off passes each token to
/// itself only. Empty when stopped.
Matrix layer_flow(const Trace &trace, int layer, Flow flow, const std::stop_token &stop = {});

/// The flow from each input token (column) to each token after `last_layer` (row): the product over the
/// layers of their flows with rows that sum to 1; of `norm`, which leaves the residual out, of half of each
/// and half of the token itself, as attention rollout has it [n x n]. Empty when stopped.
Matrix flow_rollout(const Trace &trace, int last_layer, Flow flow, const std::stop_token &stop = {},
                    const OnProgress &progress = {});

} // namespace encoderscope
