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

} // namespace encoderscope
