// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/settings.h"

#include "engine/file_writer.h"
#include "ui/jobs/job_threads.h"

#include <QDir>
#include <QSettings>
#include <QStandardPaths>

#include <map>
#include <mutex>
#include <system_error>
#include <utility>

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

/// What was stored and is not on the disk yet, which the window does not wait for.
struct Unwritten {
    std::mutex mutex;
    std::map<QString, QVariant> values;
    bool writing = false; ///< a thread is at it
};

Unwritten &unwritten()
{
    static Unwritten values;
    return values;
}

/// In a thread of its own, until nothing is left.
void write(const QString &path)
{
    std::map<QString, QVariant> written;
    for (;;) {
        {
            const std::lock_guard lock(unwritten().mutex);
            auto &values = unwritten().values;
            std::erase_if(values, [&written](const auto &one) { // but what was stored meanwhile
                const auto before = written.find(one.first);
                return before != written.end() && before->second == one.second;
            });
            written = values;
            unwritten().writing = !written.empty();
            if (written.empty())
                return;
        }
        QSettings settings(path, QSettings::IniFormat);
        for (const auto &[key, value] : written)
            settings.setValue(key, value);
    }
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
    {
        const std::lock_guard lock(unwritten().mutex);
        if (const auto found = unwritten().values.find(QLatin1String(key)); found != unwritten().values.end())
            return found->second;
    }
    return QSettings(file(), QSettings::IniFormat).value(QLatin1String(key));
}

void storeSetting(const char *key, const QVariant &value)
{
    {
        const std::lock_guard lock(unwritten().mutex);
        unwritten().values[QLatin1String(key)] = value;
        if (std::exchange(unwritten().writing, true))
            return;
    }
    try {
        startJobThread([path = file()](const std::stop_token &) { write(path); });
    } catch (const std::system_error &) { // no thread is to be had
        write(file());
    }
}

} // namespace encoderscope
