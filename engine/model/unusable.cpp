// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/unusable.h"

#include <QCoreApplication>

namespace encoderscope
{

Error unusable(const QString &file, const QString &field, const QString &expected, const QString &found)
{
    //: %1: file, %2: field of the file
    return Error(QCoreApplication::translate("Model", "%1, field \"%2\": expected %3, found %4.")
                     .arg(file, shortened(field), expected, found));
}

Error unwritable(const QFileDevice &file)
{
    // A disk that fills up takes a part of what is written, for which the system gives no reason, nor does
    // Qt.
    const bool partly = file.errorString() == QLatin1String("Unknown error");
    const QString reason =
        partly ? QCoreApplication::translate("Model", "there is no space left for it") : file.errorString();
    return Error(
        QCoreApplication::translate("Model", "%1 cannot be written: %2.").arg(file.fileName(), reason));
}

} // namespace encoderscope
