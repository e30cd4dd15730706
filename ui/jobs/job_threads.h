// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>

namespace encoderscope
{

/// Starts a thread that endJobThreads() and the end of the program wait for. Throws std::system_error.
void startJobThread(std::function<void(const std::stop_token &quit)> run);

/// Waits for the threads of all jobs: those that are gone, and those at work. Idle ones end; they begin again
/// when they are asked.
void endJobThreads();

} // namespace encoderscope
