// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/weight_files.h"

#include <QHash>

#include <vector>

namespace encoderscope
{

/// The tensors of a model's folder, by the names that the architecture gives them. Names are found with and
/// without the architecture's prefix, behind what other programs put before all names ("model.",
/// "_orig_mod."), and under the older names of layer norms (gamma, beta).
class Checkpoint
{
public:
    /// `prefix` is the architecture's ("bert."). Throws Error when there is no file of weights, or one that
    /// cannot be used, or its tensors are another architecture's. `table` is the embedding table's name.
    Checkpoint(const QString &folder, const QString &prefix,
               const QString &table = QStringLiteral("embeddings.word_embeddings.weight"));

    /// Of the files, for messages.
    const QString &path() const { return path_; }
    const std::vector<MappedFilePtr> &mapped_files() const { return files_; }
    bool has(const QString &name) const { return !find(name).isNull(); }

    /// [rows x columns]. The same name gives the same memory. Throws Error when there is no such tensor, or
    /// it has another shape or type.
    SharedMatrix matrix(const QString &name, Index rows, Index columns) const;
    /// [1 x size] of a tensor of one dimension.
    SharedMatrix vector(const QString &name, Index size) const;
    /// The size of its first dimension; 0 when there is no such tensor.
    qint64 first_size(const QString &name) const;

private:
    struct Stored {
        MappedFilePtr file;
        QString name; ///< as it stands in the file
        TensorInfo info;
    };

    void add(const WeightFile &file, const QMap<QString, QString> &file_of);
    void drop_outer_prefix();
    /// What other programs put before all names; empty: nothing.
    QString outer_prefix() const;
    /// The name as it stands in `tensors_`; null when there is none.
    QString find(const QString &name) const;
    SharedMatrix tensor(const QString &name, const std::vector<qint64> &shape) const;

    QString path_;
    QString prefix_;
    QString table_;
    std::vector<MappedFilePtr> files_;
    QHash<QString, Stored> tensors_;
    mutable QHash<QString, SharedMatrix> read_;
};

} // namespace encoderscope
