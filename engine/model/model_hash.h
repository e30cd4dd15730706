// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

namespace encoderscope
{

/// Tells whether two models have the same weights: 16 hexadecimal digits of a SHA-256 over the shape of every
/// matrix and eight stretches of at most 512 of its numbers, from its first to its last. Training changes
/// all of them; a change of single numbers between the stretches goes unseen, which is the price of not
/// reading the whole file. Of a model without weights what the file of its trace says, or nothing.
QString model_hash(const Model &model);

/// The same, read from the weights once for each model and known as long as it lives. For any thread.
QString model_hash(const ModelPtr &model);

} // namespace encoderscope
