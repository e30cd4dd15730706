// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

namespace encoderscope
{

/// The cosine of two sentences' vectors as a sum over pairs of their tokens' last hidden states, which it is
/// exactly when a vector is a sum of them, as a mean is: each pair's dot product times both shares, over the
/// lengths of both vectors [tokens of a x tokens of b]. Masked tokens count as zeros. The hidden states are
/// contextual: each has read the others of its sentence. Throws Error for models that pool otherwise.
Eigen::MatrixXd similarity_pairs(const Trace &a, const Trace &b);

} // namespace encoderscope
