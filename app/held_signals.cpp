// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/held_signals.h"

#include <algorithm>

namespace encoderscope
{

HeldSignals::HeldSignals()
{
    sigemptyset(&held_);
    sigaddset(&held_, SIGINT);
    sigaddset(&held_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &held_, &before_);
}

HeldSignals::~HeldSignals()
{
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

int HeldSignals::take() const
{
    const timespec at_once = {};
    return std::max(sigtimedwait(&held_, nullptr, &at_once), 0);
}

} // namespace encoderscope
