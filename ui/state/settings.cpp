// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/settings.h"

#include <QSettings>
#include <QStandardPaths>

namespace encoderscope
{

namespace
{

/// By QStandardPaths, so that its test mode keeps tests away from the user's settings.
QString file()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
           QStringLiteral("/window.ini");
}

} // namespace

QVariant storedSetting(const char *key)
{
    return QSettings(file(), QSettings::IniFormat).value(QLatin1String(key));
}

void storeSetting(const char *key, const QVariant &value)
{
    QSettings(file(), QSettings::IniFormat).setValue(QLatin1String(key), value);
}

} // namespace encoderscope
