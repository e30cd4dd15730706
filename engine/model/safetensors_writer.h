// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/file_writer.h"
#include "engine/matrix.h"

#include <QMap>
#include <QString>

#include <functional>
#include <vector>

namespace encoderscope
{

/// Types that floats can be written as.
enum class FloatType { f32, f16 };

/// A tensor to write. Its numbers are asked for when their turn comes, and may come in pieces, so that a file
/// can be larger than memory.
struct TensorToWrite {
    /// Takes the next rows, or the next numbers of a row.
    using FloatSink = std::function<void(const MatrixRef &)>;

    QString name;
    std::vector<qint64> shape;
    std::function<void(const FloatSink &)> floats; ///< gives all numbers, in row-major order
    std::vector<qint64> integers;                  ///< written as I64 when there is no `floats`
    FloatType type = FloatType::f32;

    /// [rows x columns]
    static TensorToWrite matrix(const QString &name, SharedMatrix values, FloatType type = FloatType::f32);
    /// [columns]: the one row of `values`.
    static TensorToWrite vector(const QString &name, SharedMatrix values, FloatType type = FloatType::f32);
    static TensorToWrite ids(const QString &name, std::vector<qint64> values);
};

/// Writes a safetensors file, aside first and renamed when whole. Throws Error when it cannot be written, or
/// when a number does not fit its type.
void write_safetensors(const QString &path, const std::vector<TensorToWrite> &tensors,
                       const QMap<QString, QString> &metadata = {},
                       FileWriter::Care care = FileWriter::Care::flushed);

} // namespace encoderscope
