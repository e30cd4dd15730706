// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/saved_training.h"

#include "engine/error.h"
#include "engine/model/safetensors.h"
#include "engine/model/safetensors_writer.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace encoderscope
{

namespace
{

const QString metadata_key = QStringLiteral("training");

QString file_in(const QString &folder)
{
    return folder + QStringLiteral("/training.safetensors");
}

/// Reads or writes every field, so that the two cannot part.
template <typename Archive>
void describe(Archive &archive, SavedTraining &training)
{
    TrainingSettings &settings = training.settings;
    archive("step", training.state.step);
    archive("steps", settings.steps);
    archive("warmup_steps", settings.warmup_steps);
    archive("decay_steps", settings.decay_steps);
    archive("peak_rate", settings.peak_rate);
    archive("gradient_limit", settings.gradient_limit);
    archive("mask_share", settings.mask_share);
    archive("dropout", settings.dropout);
    archive("batch_tokens", settings.batch_tokens);
    archive("seed", settings.seed);
    archive("beta1", settings.optimizer.beta1);
    archive("beta2", settings.optimizer.beta2);
    archive("epsilon", settings.optimizer.epsilon);
    archive("weight_decay", settings.optimizer.weight_decay);
    archive("texts", training.texts);
    archive("validation_texts", training.validation_texts);
    archive("validation_share", training.validation_share);
    archive("max_tokens", training.max_tokens);
    archive("seconds", training.seconds);
    archive("fingerprint", training.fingerprint);
}

class Writer
{
public:
    template <typename Number>
    void operator()(const char *name, const Number &value)
    {
        if constexpr (std::is_same_v<Number, std::uint64_t>)
            object_.insert(QLatin1String(name), QString::number(value, 16));
        else if constexpr (std::is_same_v<Number, QStringList>)
            object_.insert(QLatin1String(name), QJsonArray::fromStringList(value));
        else
            object_.insert(QLatin1String(name), static_cast<double>(value));
    }
    QString text() const { return QString::fromUtf8(QJsonDocument(object_).toJson(QJsonDocument::Compact)); }

private:
    QJsonObject object_;
};

class Reader
{
public:
    Reader(QJsonObject object, QString file)
        : object_(std::move(object))
        , file_(std::move(file))
    {
    }
    template <typename Number>
    void operator()(const char *name, Number &value)
    {
        const QJsonValue found = object_.value(QLatin1String(name));
        bool good = found.isDouble();
        if constexpr (std::is_same_v<Number, std::uint64_t>) {
            value = found.toString().toULongLong(&good, 16);
        } else if constexpr (std::is_same_v<Number, QStringList>) {
            good = found.isArray();
            value.clear();
            for (const QJsonValue &entry : found.toArray())
                value.append(entry.toString());
        } else if constexpr (std::is_floating_point_v<Number>) {
            value = static_cast<Number>(found.toDouble());
        } else {
            const double number = found.toDouble();
            good = good && number >= -1.0 && number <= 2e9;
            value = good ? static_cast<Number>(static_cast<qint64>(number)) : Number();
        }
        if (!good)
            throw Error(QCoreApplication::translate("Training", "%1: the field “%2” is missing or wrong.")
                            .arg(file_, QLatin1String(name)));
    }

private:
    QJsonObject object_;
    QString file_;
};

} // namespace

void save_training(const SavedTraining &training, const QString &folder)
{
    SavedTraining copy = training;
    Writer writer;
    describe(writer, copy);
    const auto tensor = [](const QString &name, const ParameterVector &values) {
        // The numbers are written before this function returns: nobody has to own them.
        return TensorToWrite::vector(name, SharedMatrix(nullptr, values.data(), 1, values.size()));
    };
    write_safetensors(file_in(folder),
                      {tensor(QStringLiteral("parameters"), training.state.parameters),
                       tensor(QStringLiteral("mean"), training.state.optimizer.mean),
                       tensor(QStringLiteral("square"), training.state.optimizer.square)},
                      {{metadata_key, writer.text()}});
}

bool has_saved_training(const QString &folder)
{
    return QFileInfo::exists(file_in(folder));
}

SavedTraining load_training(const QString &folder)
{
    const QString path = file_in(folder);
    const SafetensorsFile file(path);
    const QJsonDocument document = QJsonDocument::fromJson(file.metadata().value(metadata_key).toUtf8());
    if (!document.isObject())
        throw Error(QCoreApplication::translate("Training", "%1 does not hold a training.").arg(path));
    Reader reader(document.object(), path);
    SavedTraining training;
    describe(reader, training);
    const auto read = [&](const char *name) {
        const QString key = QLatin1String(name);
        const SharedMatrix matrix = file.matrix(key, file.tensors().value(key).shape);
        return ParameterVector(
            Eigen::Map<const ParameterVector>(matrix.data(), matrix.columns() * matrix.rows()));
    };
    training.state.parameters = read("parameters");
    training.state.optimizer.mean = read("mean");
    training.state.optimizer.square = read("square");
    return training;
}

} // namespace encoderscope
