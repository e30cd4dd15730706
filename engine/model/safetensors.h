// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/stored_tensor.h"

#include <QMap>

#include <vector>

namespace encoderscope
{

/// The header of a safetensors file.
struct SafetensorsHeader {
    QMap<QString, TensorInfo> tensors;
    QMap<QString, QString> metadata;
};

/// Reads and checks the header of a safetensors file with these bytes: the header's length and JSON, each
/// tensor's type, shape and offsets; the tensors must fill the rest of the file without gap or overlap.
/// `file` is for messages. Throws Error.
SafetensorsHeader read_safetensors_header(std::span<const uchar> bytes, const QString &file);

/// A safetensors file, mapped. Numbers are looked at when a tensor is asked for.
class SafetensorsFile
{
public:
    /// Throws Error for a file that is not safetensors, or lies.
    explicit SafetensorsFile(const QString &path);

    const QString &path() const { return file_->path(); }
    const MappedFilePtr &mapped_file() const { return file_; }
    const QMap<QString, TensorInfo> &tensors() const { return header_.tensors; }
    const QMap<QString, QString> &metadata() const { return header_.metadata; }

    /// A tensor of one dimension (as one row) or two, as matrix_of() gives it. Throws Error when there is
    /// none of that name and shape, or its type is another one.
    SharedMatrix matrix(const QString &name, const std::vector<qint64> &shape) const;
    /// A tensor of whole numbers (I64).
    std::vector<qint64> integers(const QString &name) const;

private:
    const TensorInfo &find(const QString &name) const;

    MappedFilePtr file_;
    SafetensorsHeader header_;
};

} // namespace encoderscope
