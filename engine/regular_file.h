// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace encoderscope
{

/// Throws Error for what is there but is no file, such as a pipe, where opening would wait for ever, or a
/// device, which never ends.
inline void check_regular_file(const QString &path)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isFile())
        throw Error(
            QCoreApplication::translate("Model", "%1: expected a file, found a folder, pipe or device.")
                .arg(path));
}

} // namespace encoderscope
