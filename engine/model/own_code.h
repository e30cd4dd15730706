// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/json_reader.h"

namespace encoderscope
{

/// A model that comes with code of its own (`auto_map`) computes what that code says, under whatever type.
/// Throws Error unless it is code that is known to compute what this program does: of Jina's second embedding
/// models, GTE, NeoBERT and NomicBERT, in the folder or in the repository where it was published.
void refuse_own_code(const JsonField &config, const QString &model_type);

/// Throws Error where the fields of such code choose what is not computed: experts, other norms, rotations of
/// a part of the dimensions.
void refuse_own_choices(const JsonField &config, const QString &model_type);

} // namespace encoderscope
