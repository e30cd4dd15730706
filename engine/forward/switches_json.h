// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/switches.h"
#include "engine/text/json_reader.h"

namespace encoderscope
{

/// Switches as sessions and traces keep them in JSON: only what is off or changed; layers and heads count
/// from 1, neurons from 0. Masked tokens are left out: sessions know them by their characters.
QJsonObject switches_object(const Switches &switches);
/// The same back; layers without a change at the end are left out. Throws Error.
Switches read_switches(const JsonField &field);

/// "relu", "gelu", "gelu_tanh", "silu", "quick_gelu", "mish", "relu_squared", "identity"
QString activation_word(Activation activation);
/// Throws Error.
Activation read_activation(const JsonField &field);

} // namespace encoderscope
