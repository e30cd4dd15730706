// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/weight_files.h"

#include "engine/model/safetensors.h"
#include "engine/model/torch_file.h"
#include "engine/model/unusable.h"

#include <QCoreApplication>
#include <QDir>
#include <QRegularExpression>

namespace encoderscope
{

namespace
{

const QString safetensors_ending = QStringLiteral(".safetensors");
const QString torch_ending = QStringLiteral(".bin");
const QString index_ending = QStringLiteral(".index.json");

/// Weights that are not read, by what their files are called.
struct OtherWeights {
    const char *pattern;
    QString kind;
};

QStringList other_weights(const QDir &folder)
{
    const auto kind = [](const char *text) { return QCoreApplication::translate("Model", text); };
    const std::vector<OtherWeights> others{
        {"adapter_model.*", kind(QT_TRANSLATE_NOOP("Model", "an adapter (LoRA) without its model"))},
        {"*.onnx", kind(QT_TRANSLATE_NOOP("Model", "ONNX"))},
        {"onnx/*.onnx", kind(QT_TRANSLATE_NOOP("Model", "ONNX"))},
        {"tf_model.h5", kind(QT_TRANSLATE_NOOP("Model", "TensorFlow"))},
        {"*.ckpt.*", kind(QT_TRANSLATE_NOOP("Model", "TensorFlow"))},
        {"flax_model.msgpack", kind(QT_TRANSLATE_NOOP("Model", "Flax"))},
        {"*.gguf", kind(QT_TRANSLATE_NOOP("Model", "GGUF"))},
        {"openvino*.xml", kind(QT_TRANSLATE_NOOP("Model", "OpenVINO"))},
        {"*.pt", kind(QT_TRANSLATE_NOOP("Model", "PyTorch under another name"))},
        {"*.pth", kind(QT_TRANSLATE_NOOP("Model", "PyTorch under another name"))},
        {"*.ckpt", kind(QT_TRANSLATE_NOOP("Model", "PyTorch under another name"))},
        {"*.bin", kind(QT_TRANSLATE_NOOP("Model", "PyTorch under another name"))},
        {"*.safetensors", kind(QT_TRANSLATE_NOOP("Model", "safetensors under another name"))},
    };
    QStringList found;
    for (const OtherWeights &other : others) {
        const QFileInfo pattern(QString::fromLatin1(other.pattern));
        const QDir place(pattern.path() == QStringLiteral(".") ? folder.path()
                                                               : folder.filePath(pattern.path()));
        const QStringList names = place.entryList({pattern.fileName()}, QDir::Files, QDir::Name);
        if (names.isEmpty())
            continue;
        const QString text = QStringLiteral("%1 (%2)").arg(other.kind, shortened(names.first()));
        if (!found.contains(text))
            found.append(text);
    }
    return found;
}

[[noreturn]] void throw_no_weights(const QDir &folder)
{
    const QStringList others = other_weights(folder);
    const QString found = others.isEmpty() ? QCoreApplication::translate("Model", "no weights")
                                           : others.join(QStringLiteral(", "));
    throw Error(QCoreApplication::translate("Model",
                                            "%1 has no weights that can be read: expected one of %2; "
                                            "found %3.")
                    .arg(folder.path(), weight_file_names().join(QStringLiteral(", ")), found));
}

/// The one file that is the weights in another precision; null when there is none, or several.
QString only_variant(const QDir &folder)
{
    static const QRegularExpression shard(QStringLiteral("-\\d+-of-\\d+"));
    QStringList variants;
    for (const char *pattern : {"model.*.safetensors", "pytorch_model.*.bin"}) {
        for (const QString &name : folder.entryList({QLatin1String(pattern)}, QDir::Files, QDir::Name)) {
            if (!name.contains(shard))
                variants.append(name);
        }
        if (!variants.isEmpty())
            break;
    }
    return variants.size() == 1 ? variants.first() : QString();
}

/// Where a file should be, Git may have left a text of three lines that stands for it.
void refuse_pointer(const MappedFile &file)
{
    const QByteArray begin(reinterpret_cast<const char *>(file.bytes().data()),
                           static_cast<qsizetype>(std::min<std::size_t>(file.bytes().size(), 300)));
    if (!begin.startsWith("version https://git-lfs"))
        return;
    static const QRegularExpression size(QStringLiteral("\\nsize (\\d{1,19})\\n"));
    const QString bytes = size.match(QString::fromUtf8(begin)).captured(1);
    throw Error(QCoreApplication::translate(
                    "Model",
                    "%1 is a Git LFS pointer, a text that stands for a file of %2 bytes that was not "
                    "downloaded. Fetch it with \"git lfs pull\".")
                    .arg(file.path(), bytes.isEmpty() ? QStringLiteral("?") : bytes));
}

} // namespace

QStringList weight_file_names()
{
    const QString safetensors = QStringLiteral("model") + safetensors_ending;
    const QString torch = QStringLiteral("pytorch_model") + torch_ending;
    return {safetensors, safetensors + index_ending, torch, torch + index_ending};
}

QMap<QString, QString> read_weight_map(const JsonField &index)
{
    const JsonField map = index[QStringLiteral("weight_map")];
    if (!map.is_object())
        map.refuse(QCoreApplication::translate("Model", "an object of tensor and file names"));
    const QJsonObject object = map.object();
    QMap<QString, QString> files;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString file = it.value().toString();
        if ((!file.endsWith(safetensors_ending) && !file.endsWith(torch_ending)) ||
            file.contains(QLatin1Char('/')) || file.contains(QLatin1Char('\\')) || file.contains(QChar(0)))
            throw unusable(
                index.file(), it.key(),
                QCoreApplication::translate("Model", "the name of a .safetensors or .bin file beside it"),
                QStringLiteral("\"%1\"").arg(shortened(file)));
        files.insert(it.key(), file);
    }
    return files;
}

WeightFiles find_weight_files(const QString &folder)
{
    const QDir directory(folder);
    for (const QString &name : weight_file_names()) {
        const QString path = folder + QLatin1Char('/') + name;
        if (!QFileInfo::exists(path))
            continue;
        if (!name.endsWith(index_ending))
            return {.path = path, .files = {path}, .file_of = {}};
        WeightFiles found{.path = path, .files = {}, .file_of = read_weight_map(JsonField::read(path))};
        for (QString &file : found.file_of) {
            file = folder + QLatin1Char('/') + file;
            if (!found.files.contains(file))
                found.files.append(file);
        }
        return found;
    }
    const QString variant = only_variant(directory);
    if (variant.isNull())
        throw_no_weights(directory);
    const QString path = folder + QLatin1Char('/') + variant;
    return {.path = path, .files = {path}, .file_of = {}};
}

WeightFile open_weight_file(const QString &path)
{
    auto file = std::make_shared<const MappedFile>(path);
    refuse_pointer(*file);
    if (!path.endsWith(safetensors_ending)) {
        QMap<QString, TensorInfo> tensors = read_torch_tensors(file->bytes(), path);
        return {.file = std::move(file), .tensors = std::move(tensors), .aliases = {}};
    }
    SafetensorsHeader header = read_safetensors_header(file->bytes(), path);
    WeightFile opened{.file = std::move(file), .tensors = std::move(header.tensors), .aliases = {}};
    // Of tensors that share their memory one is stored; the others' names are metadata.
    for (auto it = header.metadata.begin(); it != header.metadata.end(); ++it) {
        if (opened.tensors.contains(it.value()) && !opened.tensors.contains(it.key()))
            opened.aliases.insert(it.key(), it.value());
    }
    return opened;
}

} // namespace encoderscope
