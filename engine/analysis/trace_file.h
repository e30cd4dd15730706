// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

namespace encoderscope
{

/// Writes a trace as a safetensors file, head by head, so that n² floats of all heads never lie in memory.
/// trace-format.md describes it. Parts that a trace from a file lacks are left out. Throws Error when the
/// file cannot be written.
void write_trace(const Trace &trace, const QString &path);

} // namespace encoderscope
