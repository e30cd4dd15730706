// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model_description.h"

namespace encoderscope
{

/// BERT and its relatives, whose `position_embedding_type` may be "relative_key" or "relative_key_query".
bool has_relative_key(const QString &model_type);

/// The fields of architectures that differ from BERT in more than names: rotary positions, gates, windows,
/// disentangled scores, T5's and BART's. Reads them into `description`, which has BERT's fields already;
/// nothing for others.
void read_recent_fields(const JsonField &config, ModelDescription &description);

} // namespace encoderscope
