// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_lock.h"

#include "engine/file_writer.h"

#include <QDir>
#include <QFileInfo>

#include <cerrno>

namespace encoderscope
{

HubLock::HubLock(const QString &modelFolder, const QString &etag)
{
    const QFileInfo model(modelFolder);
    const QString folder = model.path() + QStringLiteral("/.locks/") + model.fileName();
    QDir().mkpath(folder);
    file_ = folder + QLatin1Char('/') + etag + QStringLiteral(".lock");
}

bool HubLock::take()
{
    const int reason = platform::make_file(file_);
    if (reason != 0 && reason != EEXIST)
        throw unwritable(file_, reason);
    lock_ = platform::Lock(file_);
    using State = platform::Lock::State;
    return lock_.state() == State::taken || lock_.state() == State::unknown; // none: removed meanwhile
}

} // namespace encoderscope
