// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/settings.h"

#include "engine/file_writer.h"

#include <QDir>
#include <QSettings>
#include <QStandardPaths>

namespace encoderscope
{

namespace
{

/// By QStandardPaths, so that its test mode keeps tests away from the user's settings.
QString folder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
}

QString file()
{
    return folder() + QStringLiteral("/window.ini");
}

QString fileOf(Mark mark)
{
    return folder() +
           (mark == Mark::opening ? QStringLiteral("/opening-model") : QStringLiteral("/opening-reference"));
}

} // namespace

QString marked(Mark mark)
{
    constexpr qint64 longest = 1 << 16;
    QFile file(fileOf(mark));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.read(longest)) : QString();
}

void setMark(Mark mark, const QString &what)
{
    if (what.isEmpty()) {
        QFile::remove(fileOf(mark));
        return;
    }
    QDir().mkpath(folder());
    try {
        write_file(fileOf(mark), what.toUtf8());
    } catch (const Error &) {
        // A full disk costs the warning at the next start, not what was asked for now.
    }
}

QVariant storedSetting(const char *key)
{
    return QSettings(file(), QSettings::IniFormat).value(QLatin1String(key));
}

void storeSetting(const char *key, const QVariant &value)
{
    QSettings(file(), QSettings::IniFormat).setValue(QLatin1String(key), value);
}

} // namespace encoderscope
