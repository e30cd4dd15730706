// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/output_heads.h"

namespace encoderscope
{

/// What a model's files have and the program does not compute, each with the reason; for the user.
QStringList left_out_of(const OutputHeads &heads);

} // namespace encoderscope
