// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>

namespace encoderscope
{

/// Holds back Ctrl-C and a request to end, in this thread and those it starts, and tells whether one came. No
/// handler may run instead: oneDNN's products use the stack pointer for other things, and the kernel would
/// write a handler's frame into the middle of the weights.
class HeldSignals
{
public:
    HeldSignals();
    /// One that came after the last take() has its usual effect now.
    ~HeldSignals();
    HeldSignals(const HeldSignals &) = delete;
    HeldSignals &operator=(const HeldSignals &) = delete;

    /// The one that came, 0 = none; it is gone then. From any thread.
    int take() const;

private:
    sigset_t held_;
    sigset_t before_;
};

} // namespace encoderscope
