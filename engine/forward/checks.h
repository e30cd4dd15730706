// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"
#include "engine/text/token.h"

namespace encoderscope
{

/// Throws Error when the encoding has no tokens, more than the model takes, or an id outside the vocabulary.
void check_input(const Model &model, const Encoding &encoding);

/// Throws Error when a file changed under the mapped weights: what they gave cannot be trusted.
void check_files(const Model &model);

} // namespace encoderscope
