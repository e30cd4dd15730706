// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/background.h"

#include <QCoreApplication>

#include <mutex>

namespace encoderscope
{

QThreadPool &backgroundThreads()
{
    static QThreadPool threads;
    static std::once_flag once;
    std::call_once(once, [] { qAddPostRoutine([] { threads.waitForDone(); }); });
    return threads;
}

} // namespace encoderscope
