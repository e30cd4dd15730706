// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/safetensors_writer.h"

#include "engine/model/unusable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

namespace encoderscope
{

namespace
{

qint64 count(const TensorToWrite &tensor)
{
    qint64 numbers = 1;
    for (const qint64 size : tensor.shape)
        numbers *= size;
    return numbers;
}

qint64 bytes(const TensorToWrite &tensor)
{
    if (!tensor.floats)
        return count(tensor) * 8;
    return count(tensor) * (tensor.type == FloatType::f16 ? 2 : 4);
}

QString dtype(const TensorToWrite &tensor)
{
    if (!tensor.floats)
        return QStringLiteral("I64");
    return tensor.type == FloatType::f16 ? QStringLiteral("F16") : QStringLiteral("F32");
}

/// The header, padded with blanks so that the data begins at a multiple of 8. Tensors keep their order.
QByteArray header(const std::vector<TensorToWrite> &tensors, const QMap<QString, QString> &metadata)
{
    const auto quoted = [](const QString &text) {
        const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
        return list.sliced(1, list.size() - 2);
    };
    QByteArray json = "{";
    if (!metadata.isEmpty()) {
        QJsonObject object;
        for (auto it = metadata.begin(); it != metadata.end(); ++it)
            object.insert(it.key(), it.value());
        json += "\"__metadata__\":" + QJsonDocument(object).toJson(QJsonDocument::Compact);
    }
    qint64 at = 0;
    for (const TensorToWrite &tensor : tensors) {
        QJsonArray shape;
        for (const qint64 size : tensor.shape)
            shape.append(size);
        const QJsonObject object{{QStringLiteral("dtype"), dtype(tensor)},
                                 {QStringLiteral("shape"), shape},
                                 {QStringLiteral("data_offsets"), QJsonArray{at, at + bytes(tensor)}}};
        if (json.size() > 1)
            json += ',';
        json += quoted(tensor.name) + ':' + QJsonDocument(object).toJson(QJsonDocument::Compact);
        at += bytes(tensor);
    }
    json += '}';
    return json.leftJustified((json.size() + 7) / 8 * 8, ' ');
}

/// Writes to `file` and remembers how much.
class Writer
{
public:
    explicit Writer(FileWriter &file)
        : file_(file)
    {
    }

    void write(const void *data, qint64 size)
    {
        file_.put({static_cast<const char *>(data), size});
        written_ += size;
    }

    qint64 written() const { return written_; }

private:
    FileWriter &file_;
    qint64 written_ = 0;
};

void write_row(Writer &writer, const TensorToWrite &tensor, const RowVector &row, const QString &path)
{
    if (tensor.type == FloatType::f32) {
        writer.write(row.data(), row.size() * 4);
        return;
    }
    const Eigen::Matrix<Eigen::half, 1, Eigen::Dynamic, Eigen::RowMajor> halves = row.cast<Eigen::half>();
    for (Index i = 0; i < row.size(); ++i) {
        if (std::isfinite(row(i)) && !Eigen::numext::isfinite(halves(i)))
            throw unusable(path, tensor.name,
                           QCoreApplication::translate("Model", "numbers that fit F16 (up to 65504)"),
                           QString::number(static_cast<double>(row(i))));
    }
    writer.write(halves.data(), row.size() * 2);
}

} // namespace

TensorToWrite TensorToWrite::matrix(const QString &name, SharedMatrix values, FloatType type)
{
    std::vector<qint64> shape{values.rows(), values.columns()};
    return {.name = name,
            .shape = std::move(shape),
            .floats = [values = std::move(values)](const FloatSink &sink) { sink(values.view()); },
            .integers = {},
            .type = type};
}

TensorToWrite TensorToWrite::vector(const QString &name, SharedMatrix values, FloatType type)
{
    TensorToWrite tensor = matrix(name, std::move(values), type);
    tensor.shape.erase(tensor.shape.begin());
    return tensor;
}

TensorToWrite TensorToWrite::ids(const QString &name, std::vector<qint64> values)
{
    const auto size = static_cast<qint64>(values.size());
    return {.name = name, .shape = {size}, .floats = {}, .integers = std::move(values)};
}

void write_safetensors(const QString &path, const std::vector<TensorToWrite> &tensors,
                       const QMap<QString, QString> &metadata, FileWriter::Care care)
{
    FileWriter file(path, care);
    Writer writer(file);
    const QByteArray json = header(tensors, metadata);
    const quint64 length = qToLittleEndian(static_cast<quint64>(json.size()));
    writer.write(&length, sizeof length);
    writer.write(json.constData(), json.size());
    for (const TensorToWrite &tensor : tensors) {
        const qint64 before = writer.written();
        if (tensor.floats) {
            RowVector row;
            tensor.floats([&](const MatrixRef &values) {
                for (Index i = 0; i < values.rows(); ++i) {
                    row = values.row(i);
                    write_row(writer, tensor, row, path);
                }
            });
        } else {
            writer.write(tensor.integers.data(), static_cast<qint64>(tensor.integers.size()) * 8);
        }
        Q_ASSERT(writer.written() - before == bytes(tensor));
    }
    file.commit();
}

} // namespace encoderscope
