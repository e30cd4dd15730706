// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/matrix.h"
#include "engine/model/mapped_file.h"

#include <vector>

namespace encoderscope
{

/// Where one tensor lies in a file, and as what.
struct TensorInfo {
    QString dtype;             ///< as safetensors name it: "F32", "F16", "BF16", "I64" ...
    std::vector<qint64> shape; ///< empty for a single number
    qint64 begin = 0;          ///< bytes [begin, end), counted from the start of the file
    qint64 end = 0;
    /// How many numbers further the next one lies along each dimension; empty when the numbers follow each
    /// other, the last dimension's first.
    std::vector<qint64> strides = {};

    bool operator==(const TensorInfo &) const = default;
};

/// Bytes that one number takes; 0 for a dtype that is not known.
qint64 bytes_of_type(const QString &dtype);

/// The numbers of a tensor of one dimension (as one row) or two. F32 in order is used where it lies; F64,
/// F16, BF16 and 8-bit floats are converted. Throws Error when the tensor has another shape than `shape`, or
/// its type is another one. `tensor` was checked: its bytes lie in the file.
SharedMatrix matrix_of(const MappedFilePtr &file, const QString &name, const TensorInfo &tensor,
                       const std::vector<qint64> &shape);

} // namespace encoderscope
