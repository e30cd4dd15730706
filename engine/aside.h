// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/platform/platform.h"

#include <QFile>
#include <QString>

namespace encoderscope
{

/// A file or folder under a name of its own, `.encoderscope-XXXXXX`, beside the place that it will be moved
/// to when it is whole. Locked while its program works on it: what a killed program left has no lock, and the
/// next Aside in the same folder removes it. Where there are no locks, it stays.
class Aside
{
public:
    enum class Kind { file, folder };

    /// Beside `target`. Throws Error that names it as `name`.
    Aside(const QString &target, Kind kind, const QString &name);
    /// Removes what was not moved.
    ~Aside();
    Aside(const Aside &) = delete;
    Aside &operator=(const Aside &) = delete;

    const QString &path() const { return path_; }
    /// Open for writing, if it is one.
    QFile &file() { return file_; }
    /// Renames it to the target, over a file of that name. Throws Error.
    void move_into_place();

private:
    QString target_;
    QString name_;
    QString path_; ///< empty when it was moved
    platform::Lock lock_;
    QFile file_;
};

/// Renames `from` to `to`, over a file of that name. Gives 0 or the reason, as in errno.
int move_over(const QString &from, const QString &to);

} // namespace encoderscope
