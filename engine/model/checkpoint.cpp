// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/checkpoint.h"

#include "engine/model/unusable.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace encoderscope
{

namespace
{

QString older_name(const QString &name)
{
    QString older = name;
    if (older.endsWith(QStringLiteral("LayerNorm.weight")))
        older.replace(older.size() - 6, 6, QStringLiteral("gamma"));
    else if (older.endsWith(QStringLiteral("LayerNorm.bias")))
        older.replace(older.size() - 4, 4, QStringLiteral("beta"));
    return older;
}

[[noreturn]] void throw_no_weights(const QString &folder)
{
    const QString pickled = folder + QStringLiteral("/pytorch_model.bin");
    if (QFileInfo::exists(pickled) || QFileInfo::exists(pickled + QStringLiteral(".index.json")))
        throw Error(
            QCoreApplication::translate(
                "Model",
                "%1 has its weights only as pytorch_model.bin, a format that can run any program when it is "
                "opened. Convert it to model.safetensors once, in Python:\n"
                "from transformers import AutoModelForMaskedLM\n"
                "model = AutoModelForMaskedLM.from_pretrained(\"%1\")\n"
                "model.save_pretrained(\"%1\", safe_serialization=True)")
                .arg(folder));
    throw Error(QCoreApplication::translate("Model",
                                            "%1 has no weights: expected a file model.safetensors or "
                                            "model.safetensors.index.json.")
                    .arg(folder));
}

} // namespace

QMap<QString, QString> read_weight_map(const JsonField &index)
{
    const QString field = QStringLiteral("weight_map");
    const QString expected = QCoreApplication::translate("Model", "an object of tensor and file names");
    if (!index.object().value(field).isObject())
        index.refuse(field, expected);
    const QJsonObject object = index.object().value(field).toObject();
    QMap<QString, QString> files;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString file = it.value().toString();
        if (!file.endsWith(QStringLiteral(".safetensors")) || file.contains(QLatin1Char('/')) ||
            file.contains(QLatin1Char('\\')) || file.contains(QChar(0)))
            throw unusable(index.file(), it.key(),
                           QCoreApplication::translate("Model", "the name of a .safetensors file beside it"),
                           QStringLiteral("\"%1\"").arg(shortened(file)));
        files.insert(it.key(), file);
    }
    return files;
}

Checkpoint::Checkpoint(const QString &folder, const QString &prefix)
    : prefix_(prefix)
{
    const QString whole = folder + QStringLiteral("/model.safetensors");
    const QString index = whole + QStringLiteral(".index.json");
    if (QFileInfo::exists(whole)) {
        path_ = whole;
        files_.push_back(std::make_shared<const SafetensorsFile>(whole));
        for (const QString &name : files_.back()->tensors().keys())
            tensors_.insert(name, files_.back());
        return;
    }
    if (!QFileInfo::exists(index))
        throw_no_weights(folder);
    path_ = index;
    QHash<QString, std::shared_ptr<const SafetensorsFile>> opened;
    const QMap<QString, QString> weight_map = read_weight_map(JsonField::read(index));
    for (auto it = weight_map.begin(); it != weight_map.end(); ++it) {
        std::shared_ptr<const SafetensorsFile> &file = opened[it.value()];
        if (!file) {
            file = std::make_shared<const SafetensorsFile>(folder + QLatin1Char('/') + it.value());
            files_.push_back(file);
        }
        if (!file->tensors().contains(it.key()))
            throw Error(QCoreApplication::translate("Model", "%1 has no tensor \"%2\", which %3 says it has.")
                            .arg(file->path(), shortened(it.key()), index));
        tensors_.insert(it.key(), file);
    }
}

std::vector<MappedFilePtr> Checkpoint::mapped_files() const
{
    std::vector<MappedFilePtr> files;
    for (const auto &file : files_)
        files.push_back(file->mapped_file());
    return files;
}

QString Checkpoint::find(const QString &name) const
{
    for (const QString &candidate : {name, prefix_ + name, older_name(name), prefix_ + older_name(name)}) {
        if (tensors_.contains(candidate))
            return candidate;
    }
    return {};
}

SharedMatrix Checkpoint::tensor(const QString &name, const std::vector<qint64> &shape) const
{
    const QString found = find(name);
    if (found.isNull())
        throw Error(QCoreApplication::translate("Model", "%1 has no tensor \"%2\" %3.")
                        .arg(path_, name, shape_as_text(shape)));
    const auto read = read_.constFind(found);
    if (read != read_.constEnd() && read->columns() == shape.back() &&
        (shape.size() == 1 || read->rows() == shape[0]))
        return *read;
    const SharedMatrix values = tensors_.value(found)->matrix(found, shape);
    read_.insert(found, values);
    return values;
}

SharedMatrix Checkpoint::matrix(const QString &name, Index rows, Index columns) const
{
    return tensor(name, {rows, columns});
}

SharedMatrix Checkpoint::vector(const QString &name, Index size) const
{
    return tensor(name, {size});
}

qint64 Checkpoint::first_size(const QString &name) const
{
    const QString found = find(name);
    if (found.isNull())
        return 0;
    const std::vector<qint64> &shape = tensors_.value(found)->tensors()[found].shape;
    return shape.empty() ? 0 : shape.front();
}

} // namespace encoderscope
