// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/aside.h"

#include "engine/file_writer.h"

#include <QDir>
#include <QFileInfo>
#include <QRandomGenerator>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace encoderscope
{

namespace
{

const QString prefix = QStringLiteral(".encoderscope-");
constexpr int digits = 6;
constexpr int base = 36;

QString new_name()
{
    constexpr quint32 names = 36U * 36 * 36 * 36 * 36 * 36;
    const quint32 number = QRandomGenerator::global()->bounded(names);
    return prefix + QString::number(number, base).rightJustified(digits, QLatin1Char('0'));
}

std::filesystem::path system_path(const QString &path)
{
    return QFile::encodeName(path).toStdString();
}

/// As in errno.
int reason_of(const std::error_code &error)
{
    return error.default_error_condition().value();
}

void remove(const QString &path)
{
    std::error_code ignored; // what stays is for the next to remove
    std::filesystem::remove_all(system_path(path), ignored);
}

/// Removes what programs that are no longer there left in `folder`.
void remove_leftovers(const QString &folder)
{
    const QStringList names =
        QDir(folder).entryList({prefix + QStringLiteral("??????")},
                               QDir::Files | QDir::Dirs | QDir::Hidden | QDir::CaseSensitive, QDir::Unsorted);
    for (const QString &name : names) {
        const QString path = folder + QLatin1Char('/') + name;
        const platform::Lock lock(path);
        if (lock.state() == platform::Lock::State::taken)
            remove(path);
    }
}

int make(const QString &path, Aside::Kind kind)
{
    if (kind == Aside::Kind::file)
        return platform::make_file(path);
    std::error_code error;
    const bool made = std::filesystem::create_directory(system_path(path), error);
    if (error)
        return reason_of(error);
    return made ? 0 : EEXIST;
}

} // namespace

Aside::Aside(const QString &target, Kind kind, const QString &name)
    : target_(target)
    , name_(name)
{
    const QString folder = QFileInfo(target).absolutePath();
    remove_leftovers(folder);
    constexpr int tries = 100;
    for (int i = 0; i < tries; ++i) {
        path_ = folder + QLatin1Char('/') + new_name();
        int reason = make(path_, kind);
        if (reason == EEXIST)
            continue;
        if (reason != 0)
            throw unwritable(name, reason);
        // Before it was locked, another program may have taken it for a leftover. Where there are no locks,
        // nothing is ever taken for one.
        lock_ = platform::Lock(path_);
        using State = platform::Lock::State;
        if (lock_.state() == State::none || lock_.state() == State::of_another)
            continue;
        if (kind == Kind::file) {
            file_.setFileName(path_);
            reason = platform::open_to_write(file_);
        }
        if (reason == 0)
            return;
        remove(path_);
        throw unwritable(name, reason);
    }
    throw unwritable(name, EEXIST);
}

Aside::~Aside()
{
    if (!path_.isEmpty())
        remove(path_);
}

void Aside::move_into_place()
{
    if (const int reason = move_over(path_, target_); reason != 0)
        throw unwritable(name_, reason);
    path_.clear();
}

int move_over(const QString &from, const QString &to)
{
    std::error_code error;
    std::filesystem::rename(system_path(from), system_path(to), error);
    return error ? reason_of(error) : 0;
}

} // namespace encoderscope
