// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/saved_training.h"

#include "engine/error.h"
#include "engine/model/safetensors.h"
#include "engine/model/safetensors_writer.h"
#include "engine/model/unusable.h"
#include "engine/text/json_reader.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <limits>

namespace encoderscope
{

namespace
{

const QString metadata_key = QStringLiteral("training");

QString file_in(const QString &folder)
{
    return folder + QStringLiteral("/training.safetensors");
}

/// Reads or writes every field, so that the two cannot part. Numbers lie between the two after them.
template <typename Archive>
void describe(Archive &archive, SavedTraining &training)
{
    constexpr int most_steps = 100'000'000;
    constexpr int most_tokens = 1'000'000;
    TrainingSettings &settings = training.settings;
    archive("step", training.state.step, 0, most_steps);
    archive("steps", settings.steps, 0, most_steps);
    archive("warmup_steps", settings.warmup_steps, 0, most_steps);
    archive("decay_steps", settings.decay_steps, -1, most_steps);
    archive("peak_rate", settings.peak_rate, 0, 1000);
    archive("gradient_limit", settings.gradient_limit, 0, 1e9);
    archive("mask_share", settings.mask_share, 0, 1);
    archive("whole_word_share", settings.whole_word_share, 0, 1);
    archive("special_key_share", settings.special_key_share, 0, 1);
    archive("special_penalty", settings.special_penalty, 0, 1000);
    archive("short_first", settings.short_first, 0, 1);
    archive("dropout", settings.dropout, 0, 0.9);
    archive("batch_tokens", settings.batch_tokens, 1, most_tokens);
    archive("seed", settings.seed, 0, std::numeric_limits<unsigned>::max());
    archive("beta1", settings.optimizer.beta1, 0, 0.999999);
    archive("beta2", settings.optimizer.beta2, 0, 0.999999);
    archive("epsilon", settings.optimizer.epsilon, 0, 1);
    archive("weight_decay", settings.optimizer.weight_decay, 0, 1000);
    archive("texts", training.texts);
    archive("validation_texts", training.validation_texts);
    archive("validation_share", training.validation_share, 0, 0.5);
    archive("max_tokens", training.max_tokens, 1, most_tokens);
    archive("seconds", training.seconds, 0, 1e12);
    archive("fingerprint", training.fingerprint);
}

class Writer
{
public:
    template <typename Number>
    void operator()(const char *name, const Number &value, double, double)
    {
        object_.insert(QLatin1String(name), static_cast<double>(value));
    }
    void operator()(const char *name, std::uint64_t value)
    {
        object_.insert(QLatin1String(name), QString::number(value, 16));
    }
    void operator()(const char *name, const QStringList &value)
    {
        object_.insert(QLatin1String(name), QJsonArray::fromStringList(value));
    }
    QString text() const { return QString::fromUtf8(QJsonDocument(object_).toJson(QJsonDocument::Compact)); }

private:
    QJsonObject object_;
};

class Reader
{
public:
    explicit Reader(JsonField fields)
        : fields_(std::move(fields))
    {
    }
    template <typename Number>
    void operator()(const char *name, Number &value, double least, double most)
    {
        const QJsonValue found = fields_.object().value(QLatin1String(name));
        const double number = found.toDouble();
        const bool whole = std::is_floating_point_v<Number> || number == std::floor(number);
        if (!found.isDouble() || !whole || number < least || number > most)
            fields_.refuse(QLatin1String(name),
                           (std::is_floating_point_v<Number>
                                ? QCoreApplication::translate("Training", "a number from %1 to %2")
                                : QCoreApplication::translate("Training", "a whole number from %1 to %2"))
                               .arg(least, 0, 'g', 10)
                               .arg(most, 0, 'g', 10));
        value = static_cast<Number>(number);
    }
    void operator()(const char *name, std::uint64_t &value)
    {
        bool good = false;
        value = fields_.text(QLatin1String(name)).toULongLong(&good, 16);
        if (!good)
            fields_.refuse(QLatin1String(name),
                           QCoreApplication::translate("Training", "a hexadecimal number as text"));
    }
    void operator()(const char *name, QStringList &value)
    {
        const QJsonValue found = fields_.object().value(QLatin1String(name));
        const QString expected = QCoreApplication::translate("Training", "a list of texts");
        if (!found.isArray())
            fields_.refuse(QLatin1String(name), expected);
        value.clear();
        for (const QJsonValue &entry : found.toArray()) {
            if (!entry.isString())
                fields_.refuse(QLatin1String(name), expected);
            value.append(entry.toString());
        }
    }

private:
    JsonField fields_;
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
                      {{metadata_key, writer.text()}}, FileWriter::Care::synced);
}

bool has_saved_training(const QString &folder)
{
    return QFileInfo::exists(file_in(folder));
}

SavedTraining load_training(const QString &folder)
{
    const QString path = file_in(folder);
    const SafetensorsFile file(path);
    if (!file.metadata().contains(metadata_key))
        throw Error(QCoreApplication::translate("Training", "%1 does not hold a training.").arg(path));
    Reader reader(JsonField::parse(file.metadata().value(metadata_key).toUtf8(), path));
    SavedTraining training;
    describe(reader, training);
    const auto read = [&](const char *name) {
        const QString key = QLatin1String(name);
        const std::vector<qint64> shape = file.tensors().value(key).shape;
        if (file.tensors().contains(key) && shape.size() != 1)
            throw unusable(path, key, QCoreApplication::translate("Training", "one dimension"),
                           shape_as_text(shape));
        const SharedMatrix matrix = file.matrix(key, shape.empty() ? std::vector<qint64>{0} : shape);
        return ParameterVector(
            Eigen::Map<const ParameterVector>(matrix.data(), matrix.columns() * matrix.rows()));
    };
    training.state.parameters = read("parameters");
    training.state.optimizer.mean = read("mean");
    training.state.optimizer.square = read("square");
    return training;
}

} // namespace encoderscope
