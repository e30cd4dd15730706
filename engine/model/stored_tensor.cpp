// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/stored_tensor.h"

#include "engine/aligned_floats.h"
#include "engine/model/unusable.h"

#include <QCoreApplication>
#include <QHash>
#include <qfloat16.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace encoderscope
{

namespace
{

/// An 8-bit float with 4 bits of exponent and 3 of mantissa; no infinities ("FP8 Formats for Deep Learning").
struct Float8E4M3 {
    quint8 bits;
    explicit operator float() const
    {
        const int exponent = bits >> 3U & 15U;
        const int mantissa = bits & 7U;
        const float size = (bits & 0x7FU) == 0x7FU ? std::numeric_limits<float>::quiet_NaN()
                           : exponent == 0         ? std::ldexp(static_cast<float>(mantissa), -9)
                                           : std::ldexp(static_cast<float>(8 + mantissa), exponent - 10);
        return (bits & 0x80U) != 0 ? -size : size;
    }
};

/// An 8-bit float that is the upper half of a 16-bit one.
struct Float8E5M2 {
    quint8 bits;
    explicit operator float() const
    {
        return static_cast<float>(Eigen::numext::bit_cast<Eigen::half>(static_cast<quint16>(bits << 8U)));
    }
};

/// Where the numbers of a matrix lie: at `data`, so many numbers from a row to the next, from a column to the
/// next. Perhaps not aligned.
struct Source {
    const uchar *data;
    Index rows, columns;
    qint64 row_stride, column_stride;
};

template <typename Number>
void write_floats(const std::vector<Number> &numbers, float *to)
{
    std::transform(numbers.begin(), numbers.end(), to,
                   [](Number number) { return static_cast<float>(number); });
}

/// Qt has the processor do it where that can.
void write_floats(const std::vector<qfloat16> &numbers, float *to)
{
    qFloatFromFloat16(to, numbers.data(), static_cast<qsizetype>(numbers.size()));
}

template <typename Number>
SharedMatrix converted(const Source &from)
{
    AlignedFloats values =
        aligned_floats(static_cast<std::size_t>(from.rows) * static_cast<std::size_t>(from.columns));
    constexpr auto size = static_cast<qint64>(sizeof(Number));
    std::vector<Number> row(static_cast<std::size_t>(from.columns));
    for (Index i = 0; i < from.rows; ++i) {
        const uchar *at = from.data + i * from.row_stride * size;
        if (from.column_stride == 1) {
            std::memcpy(static_cast<void *>(row.data()), at, row.size() * sizeof(Number));
        } else {
            for (Index j = 0; j < from.columns; ++j)
                std::memcpy(static_cast<void *>(&row[static_cast<std::size_t>(j)]),
                            at + j * from.column_stride * size, sizeof(Number));
        }
        write_floats(row, values.get() + i * from.columns);
    }
    const float *const data = values.get();
    return {std::shared_ptr<const float[]>(std::move(values)), data, from.rows, from.columns};
}

Source source_of(const uchar *data, const TensorInfo &tensor)
{
    const bool table = tensor.shape.size() == 2;
    Source source{.data = data,
                  .rows = static_cast<Index>(table ? tensor.shape[0] : 1),
                  .columns = static_cast<Index>(tensor.shape.back()),
                  .row_stride = tensor.shape.back(),
                  .column_stride = 1};
    if (!tensor.strides.empty()) {
        source.row_stride = table ? tensor.strides[0] : 0;
        source.column_stride = tensor.strides.back();
    }
    return source;
}

} // namespace

qint64 bytes_of_type(const QString &dtype)
{
    static const QHash<QString, qint64> sizes{
        {QStringLiteral("BOOL"), 1},    {QStringLiteral("U8"), 1},      {QStringLiteral("I8"), 1},
        {QStringLiteral("F8_E5M2"), 1}, {QStringLiteral("F8_E4M3"), 1}, {QStringLiteral("I16"), 2},
        {QStringLiteral("U16"), 2},     {QStringLiteral("F16"), 2},     {QStringLiteral("BF16"), 2},
        {QStringLiteral("I32"), 4},     {QStringLiteral("U32"), 4},     {QStringLiteral("F32"), 4},
        {QStringLiteral("F64"), 8},     {QStringLiteral("I64"), 8},     {QStringLiteral("U64"), 8}};
    return sizes.value(dtype, 0);
}

SharedMatrix matrix_of(const MappedFilePtr &file, const QString &name, const TensorInfo &tensor,
                       const std::vector<qint64> &shape)
{
    if (tensor.shape != shape || shape.empty() || shape.size() > 2)
        throw unusable(file->path(), name, shape_as_text(shape), shape_as_text(tensor.shape));
    using Convert = SharedMatrix (*)(const Source &);
    static const QHash<QString, Convert> conversions{{QStringLiteral("F64"), converted<double>},
                                                     {QStringLiteral("F32"), converted<float>},
                                                     {QStringLiteral("F16"), converted<qfloat16>},
                                                     {QStringLiteral("BF16"), converted<Eigen::bfloat16>},
                                                     {QStringLiteral("F8_E4M3"), converted<Float8E4M3>},
                                                     {QStringLiteral("F8_E5M2"), converted<Float8E5M2>}};
    const Convert convert = conversions.value(tensor.dtype, nullptr);
    if (!convert)
        throw unusable(
            file->path(), name,
            QCoreApplication::translate("Model", "floats (F32, F64, F16, BF16, F8_E4M3 or F8_E5M2)"),
            tensor.dtype);
    const Source source = source_of(file->bytes().data() + tensor.begin, tensor);
    if (source.rows == 0 || source.columns == 0) // the other of the two may be any number
        return {file, nullptr, source.rows, source.columns};
    const bool in_order = source.column_stride == 1 &&
                          (source.rows == 1 || source.row_stride == static_cast<qint64>(source.columns));
    if (tensor.dtype == QStringLiteral("F32") && in_order &&
        reinterpret_cast<quintptr>(source.data) % alignof(float) == 0)
        return {file, reinterpret_cast<const float *>(source.data), source.rows, source.columns};
    return convert(source);
}

} // namespace encoderscope
