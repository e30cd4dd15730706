// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/workers.h"
#include "engine/learn/parameters.h"

namespace encoderscope
{

/// AdamW ("Decoupled Weight Decay Regularization", algorithm 2): the decay is of the weights before the step,
/// and the rate, which holds the schedule, multiplies it too.
struct AdamWSettings {
    float beta1 = 0.9F;
    float beta2 = 0.98F;
    float epsilon = 1e-8F;
    float weight_decay = 0.01F; ///< of slots that decay; biases, gains and embeddings are exempt
};

/// Its averages of the gradient and of its square [layout.size].
struct AdamWState {
    ParameterVector mean;
    ParameterVector square;
};

/// The Euclidean length of all the gradient parts' sum, which is left in the first part.
double sum_gradients(std::vector<ParameterVector> &parts, int count, kernels::Workers &workers);

/// Step `step` (from 1) with the gradient times `gradient_scale`.
void adamw_step(const ParameterLayout &layout, const AdamWSettings &settings, int step, float rate,
                const ParameterVector &gradient, float gradient_scale, AdamWState &state,
                ParameterVector &parameters, kernels::Workers &workers);

} // namespace encoderscope
