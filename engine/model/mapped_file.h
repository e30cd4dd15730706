// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/platform/platform.h"

#include <QFile>

#include <memory>
#include <optional>
#include <span>

namespace encoderscope
{

/// A file's bytes, mapped into memory and not read before they are used. Files of the program itself
/// (resources) that cannot be mapped are read. Reading the bytes of a file that another program shortens
/// gives zeros.
class MappedFile
{
public:
    /// Throws Error when the file cannot be opened.
    explicit MappedFile(const QString &path);

    const QString &path() const { return path_; }
    std::span<const uchar> bytes() const { return bytes_; }
    /// Throws Error when another program has written into the file since it was opened. (A file that replaces
    /// it under the same name changes nothing here.)
    void check_unchanged() const;

private:
    QString path_;
    QFile file_;
    platform::FileState opened_; ///< what it was then
    QByteArray read_;
    std::span<const uchar> bytes_;
    std::optional<platform::MappingGuard> guard_;
};

using MappedFilePtr = std::shared_ptr<const MappedFile>;

} // namespace encoderscope
