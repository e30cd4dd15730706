// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/background.h"

#include <QCoreApplication>

namespace encoderscope
{

QThreadPool &backgroundThreads()
{
    static QThreadPool threads;
    static const bool waitsAtTheEnd = [] {
        qAddPostRoutine([] { threads.waitForDone(); });
        return true;
    }();
    Q_UNUSED(waitsAtTheEnd)
    return threads;
}

} // namespace encoderscope
