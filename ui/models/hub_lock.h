// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/platform/platform.h"

#include <QString>

namespace encoderscope
{

/// Keeps two programs from fetching the same blob at once. It is the lock of the Hugging Face tools: flock(2)
/// on `CACHE/.locks/MODEL/ETAG.lock`; the system lifts it when a program ends.
class HubLock
{
public:
    /// `modelFolder`: the model's folder in the cache.
    HubLock(const QString &modelFolder, const QString &etag);

    /// False while another program has it. True where there are no locks. Throws Error when the file cannot
    /// be made.
    bool take();

private:
    QString file_;
    platform::Lock lock_;
};

} // namespace encoderscope
