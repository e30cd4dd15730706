// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace encoderscope
{

/// Starts the window and runs it until it is closed; returns the exit code. Without a display: one line on
/// standard error and 1. Throws ArgumentError for wrong arguments.
int start_window(int argc, char *argv[]);

} // namespace encoderscope
