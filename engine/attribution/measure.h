// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace encoderscope
{

/// What is said of a piece or a label: the head's score, or what softmax (the logistic function, where labels
/// are independent) makes of it.
enum class Measure { logit, log_probability, probability };

} // namespace encoderscope
