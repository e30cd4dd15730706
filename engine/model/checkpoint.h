// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/safetensors.h"
#include "engine/text/json_reader.h"

#include <QHash>
#include <QStringList>

namespace encoderscope
{

/// The tensors of a model's folder: `model.safetensors`, or the files that `model.safetensors.index.json`
/// names. Names are found with and without the architecture's prefix, and under the older names of layer
/// norms (gamma, beta).
class Checkpoint
{
public:
    /// Throws Error when there is no such file, or one that cannot be used.
    Checkpoint(const QString &folder, const QString &prefix);

    /// Of the files, for messages.
    const QString &path() const { return path_; }
    std::vector<MappedFilePtr> mapped_files() const;
    bool has(const QString &name) const { return !find(name).isNull(); }

    /// [rows x columns]. The same name gives the same memory. Throws Error when there is no such tensor, or
    /// it has another shape or type.
    SharedMatrix matrix(const QString &name, Index rows, Index columns) const;
    /// [1 x size] of a tensor of one dimension.
    SharedMatrix vector(const QString &name, Index size) const;
    /// The size of its first dimension; 0 when there is no such tensor.
    qint64 first_size(const QString &name) const;

private:
    /// The name as it stands in the files; null when there is none.
    QString find(const QString &name) const;
    SharedMatrix tensor(const QString &name, const std::vector<qint64> &shape) const;

    QString path_;
    QString prefix_;
    std::vector<std::shared_ptr<const SafetensorsFile>> files_;
    QHash<QString, std::shared_ptr<const SafetensorsFile>> tensors_;
    mutable QHash<QString, SharedMatrix> read_;
};

/// The files that model.safetensors.index.json says its tensors lie in: name -> file name. Throws Error.
QMap<QString, QString> read_weight_map(const JsonField &index);

} // namespace encoderscope
