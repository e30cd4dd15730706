// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/safetensors.h"

#include "engine/model/unusable.h"
#include "engine/text/json_reader.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace encoderscope
{

namespace
{

constexpr qint64 length_field = 8;
constexpr qint64 greatest_header = 16 * 1024 * 1024;

QString unescaped(const QByteArray &json_text)
{
    if (!json_text.contains('\\'))
        return QString::fromUtf8(json_text);
    return QJsonDocument::fromJson("[\"" + json_text + "\"]").array().at(0).toString();
}

/// The key of the JSON object `json` (well-formed) that stands there twice; null when there is none. Parsed
/// objects have lost the first of the two.
QString repeated_key(const QByteArray &json)
{
    QSet<QString> seen;
    int depth = 0;
    for (qsizetype at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        } else if (c == '"') {
            const qsizetype begin = at + 1;
            for (++at; json[at] != '"'; ++at) {
                if (json[at] == '\\')
                    ++at;
            }
            const QString text = unescaped(json.sliced(begin, at - begin));
            qsizetype next = at + 1;
            while (next < json.size() && std::isspace(static_cast<unsigned char>(json[next])))
                ++next;
            if (depth != 1 || next >= json.size() || json[next] != ':')
                continue;
            if (seen.contains(text))
                return text;
            seen.insert(text);
        }
    }
    return {};
}

std::vector<qint64> read_shape(const QJsonValue &value, const QString &file, const QString &name)
{
    const QString expected =
        QCoreApplication::translate("Model", "a shape: a list of whole numbers from 0 on");
    if (!value.isArray())
        throw unusable(file, name, expected, QCoreApplication::translate("Model", "no list"));
    std::vector<qint64> shape;
    for (const QJsonValue &size : value.toArray()) {
        const qint64 number = size.toInteger(-1);
        if (number < 0)
            throw unusable(file, name, expected, shortened(size.toVariant().toString()));
        shape.push_back(number);
    }
    return shape;
}

TensorInfo read_tensor(const QJsonValue &value, const QString &file, const QString &name, qint64 data_begin,
                       qint64 file_size)
{
    if (!value.isObject())
        throw unusable(file, name,
                       QCoreApplication::translate("Model", "an object with dtype, shape, data_offsets"),
                       QCoreApplication::translate("Model", "something else"));
    const QJsonObject object = value.toObject();
    TensorInfo tensor;
    tensor.dtype = object.value(QStringLiteral("dtype")).toString();
    const qint64 type_size = bytes_of_type(tensor.dtype);
    if (type_size == 0)
        throw unusable(file, name,
                       QCoreApplication::translate("Model", "a known dtype, such as F32, F16 or BF16"),
                       QStringLiteral("\"%1\"").arg(shortened(tensor.dtype)));
    tensor.shape = read_shape(object.value(QStringLiteral("shape")), file, name);

    qint64 bytes = type_size;
    bool overflow = false;
    for (const qint64 size : tensor.shape)
        overflow = __builtin_mul_overflow(bytes, size, &bytes) || overflow;
    const QJsonArray offsets = object.value(QStringLiteral("data_offsets")).toArray();
    const qint64 begin = offsets.size() == 2 ? offsets[0].toInteger(-1) : -1;
    const qint64 end = offsets.size() == 2 ? offsets[1].toInteger(-1) : -1;
    if (begin < 0 || end < begin || end > file_size - data_begin)
        throw unusable(file, name,
                       QCoreApplication::translate("Model", "data_offsets within the %1 bytes of data")
                           .arg(file_size - data_begin),
                       offsets.size() == 2 ? QStringLiteral("[%1, %2]")
                                                 .arg(shortened(offsets[0].toVariant().toString()),
                                                      shortened(offsets[1].toVariant().toString()))
                                           : QCoreApplication::translate("Model", "something else"));
    if (overflow || bytes != end - begin)
        throw unusable(file, name,
                       QCoreApplication::translate("Model", "as many bytes as %1 of %2 has")
                           .arg(shape_as_text(tensor.shape), tensor.dtype),
                       QCoreApplication::translate("Model", "%1 bytes").arg(end - begin));
    tensor.begin = data_begin + begin;
    tensor.end = data_begin + end;
    return tensor;
}

/// The tensors, in the order of their bytes, must follow one another and fill the file.
void check_coverage(const QMap<QString, TensorInfo> &tensors, const QString &file, qint64 data_begin,
                    qint64 file_size)
{
    std::vector<std::pair<const QString *, const TensorInfo *>> order;
    for (auto it = tensors.begin(); it != tensors.end(); ++it)
        order.emplace_back(&it.key(), &it.value());
    std::sort(order.begin(), order.end(), [](const auto &a, const auto &b) {
        return std::pair(a.second->begin, a.second->end) < std::pair(b.second->begin, b.second->end);
    });
    qint64 at = data_begin;
    for (const auto &[name, tensor] : order) {
        if (tensor->begin != at)
            throw unusable(
                file, *name,
                QCoreApplication::translate("Model", "data that begins at offset %1, without gap or overlap")
                    .arg(at - data_begin),
                QString::number(tensor->begin - data_begin));
        at = tensor->end;
    }
    if (at != file_size)
        throw Error(QCoreApplication::translate(
                        "Model", "%1: expected a file of %2 bytes by its header, found %3 bytes.")
                        .arg(file)
                        .arg(at)
                        .arg(file_size));
}

} // namespace

SafetensorsHeader read_safetensors_header(std::span<const uchar> bytes, const QString &file)
{
    const auto size = static_cast<qint64>(bytes.size());
    if (size < length_field)
        throw Error(QCoreApplication::translate(
                        "Model", "%1 is no safetensors file: expected at least 8 bytes, found %2.")
                        .arg(file)
                        .arg(size));
    const auto length = qFromLittleEndian<quint64>(bytes.data());
    const qint64 greatest = std::min(size - length_field, greatest_header);
    if (length > static_cast<quint64>(greatest))
        throw Error(QCoreApplication::translate(
                        "Model",
                        "%1 is no safetensors file, or cut off: expected a header of at most %2 bytes, "
                        "found a length of %3.")
                        .arg(file)
                        .arg(greatest)
                        .arg(length));
    const QByteArray json = QByteArray::fromRawData(
        reinterpret_cast<const char *>(bytes.data()) + length_field, static_cast<qsizetype>(length));
    const JsonField fields = JsonField::parse(json, file);
    const QString twice = repeated_key(json);
    if (!twice.isNull())
        throw Error(
            QCoreApplication::translate("Model", "%1: the header has the tensor \"%2\" more than once.")
                .arg(file, shortened(twice)));

    SafetensorsHeader header;
    const qint64 data_begin = length_field + static_cast<qint64>(length);
    const QJsonObject object = fields.object();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == QStringLiteral("__metadata__")) {
            const QJsonObject metadata = it.value().toObject();
            for (auto entry = metadata.begin(); entry != metadata.end(); ++entry)
                header.metadata.insert(entry.key(), entry.value().toString());
            continue;
        }
        header.tensors.insert(it.key(), read_tensor(it.value(), file, it.key(), data_begin, size));
    }
    check_coverage(header.tensors, file, data_begin, size);
    return header;
}

SafetensorsFile::SafetensorsFile(const QString &path)
    : file_(std::make_shared<const MappedFile>(path))
    , header_(read_safetensors_header(file_->bytes(), path))
{
}

const TensorInfo &SafetensorsFile::find(const QString &name) const
{
    const auto found = header_.tensors.find(name);
    if (found == header_.tensors.end())
        throw Error(
            QCoreApplication::translate("Model", "%1 has no tensor \"%2\".").arg(path(), shortened(name)));
    return *found;
}

SharedMatrix SafetensorsFile::matrix(const QString &name, const std::vector<qint64> &shape) const
{
    return matrix_of(file_, name, find(name), shape);
}

std::vector<qint64> SafetensorsFile::integers(const QString &name) const
{
    const TensorInfo &tensor = find(name);
    if (tensor.dtype != QStringLiteral("I64"))
        throw unusable(path(), name, QStringLiteral("I64"), tensor.dtype);
    std::vector<qint64> values(static_cast<std::size_t>((tensor.end - tensor.begin) / 8));
    if (!values.empty())
        std::memcpy(values.data(), file_->bytes().data() + tensor.begin,
                    static_cast<std::size_t>(tensor.end - tensor.begin));
    return values;
}

} // namespace encoderscope
