// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/model.h"

namespace encoderscope
{

/// The model that the program starts with: resources/model, which is part of the program. Throws Error.
ModelPtr default_model();

} // namespace encoderscope
