// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/hub_lock.h"

#include "engine/file_writer.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace encoderscope
{

HubLock::HubLock(const QString &modelFolder, const QString &etag)
{
    const QFileInfo model(modelFolder);
    const QString folder = model.path() + QStringLiteral("/.locks/") + model.fileName();
    QDir().mkpath(folder);
    const QString file = folder + QLatin1Char('/') + etag + QStringLiteral(".lock");
    descriptor_ = open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0)
        throw unwritable(file, errno);
}

HubLock::~HubLock()
{
    close(descriptor_);
}

bool HubLock::take()
{
    return flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

} // namespace encoderscope
