// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

#include <QStringList>

namespace encoderscope
{

/// The models that are part of the program besides the default one: untrained ones of the default model's
/// vocabulary, small enough to look at, which have what encoders have today and the paper's has not. Their
/// weights are those of initial_weights(), the same on every machine.
/// "untrained:modernbert": rotary positions, windows of 3 tokens in its layers 2 and 3, gated FFNs, norms
/// before the sublayers, no biases ("ModernBERT", Warner et al.). "untrained:deberta": disentangled scores
/// ("DeBERTa", He et al.; the tables of its third version).
const QStringList &built_in_models();
bool is_built_in(const QString &name);

/// One of them. Throws Error when there is none of that name.
ModelPtr built_in_model(const QString &name);

/// Whatever the user may name: one of the above, a folder, or a name in the local cache. Throws Error.
ModelPtr named_model(const QString &source);

} // namespace encoderscope
