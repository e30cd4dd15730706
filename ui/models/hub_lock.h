// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace encoderscope
{

/// Keeps two programs from fetching the same blob at once. It is the lock of the Hugging Face tools: flock(2)
/// on `CACHE/.locks/MODEL/ETAG.lock`; the system lifts it when a program ends.
class HubLock
{
public:
    /// `modelFolder`: the model's folder in the cache. Throws Error when the file cannot be made.
    HubLock(const QString &modelFolder, const QString &etag);
    ~HubLock();
    HubLock(const HubLock &) = delete;
    HubLock &operator=(const HubLock &) = delete;

    /// False while another program has it. True where the file system knows no locks.
    bool take();

private:
    int descriptor_ = -1;
};

} // namespace encoderscope
