// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>

namespace encoderscope
{

/// Thrown to leave work that was asked to stop. No fault, hence no exception class that others catch.
struct Stopped {
};

inline void throwIfStopped(const std::stop_token &stop)
{
    if (stop.stop_requested())
        throw Stopped();
}

} // namespace encoderscope
