// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace encoderscope
{

/// Told how much of a computation is done, from 0 to 1, on the calling thread; may be empty.
using OnProgress = std::function<void(double)>;

} // namespace encoderscope
