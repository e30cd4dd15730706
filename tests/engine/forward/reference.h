// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/encoder.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <cmath>
#include <cstring>

namespace encoderscope
{

/// One configuration's weights and what PyTorch made of them: see tests/data/forward/make_reference.py.
class Reference
{
public:
    explicit Reference(const QString &name)
    {
        QFile file(QStringLiteral(ENCODERSCOPE_TEST_DATA "/forward/%1.safetensors").arg(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no reference data");
        bytes_ = file.readAll();
        const auto header_size = qFromLittleEndian<quint64>(bytes_.constData());
        header_ = QJsonDocument::fromJson(bytes_.mid(8, static_cast<qsizetype>(header_size))).object();
        data_ = bytes_.constData() + 8 + header_size;
    }

    QJsonDocument metadata(const char *name) const
    {
        const QJsonObject all = header_[QLatin1String("__metadata__")].toObject();
        return QJsonDocument::fromJson(all[QLatin1String(name)].toString().toUtf8());
    }
    bool has(const QString &tensor) const { return header_.contains(tensor); }
    QStringList tensors() const { return header_.keys(); }
    /// Empty when there is no such tensor.
    Matrix matrix(const QString &tensor) const
    {
        if (!has(tensor))
            return {};
        const QJsonObject about = header_[tensor].toObject();
        const QJsonArray shape = about[QLatin1String("shape")].toArray();
        Matrix values(shape[0].toInt(), shape[1].toInt());
        std::memcpy(values.data(), data_ + about[QLatin1String("data_offsets")].toArray()[0].toInteger(),
                    static_cast<std::size_t>(values.size()) * sizeof(float));
        return values;
    }

private:
    QByteArray bytes_;
    QJsonObject header_;
    const char *data_ = nullptr;
};

inline Activation activation_of(const QString &name)
{
    const QStringList names{QStringLiteral("relu"),         QStringLiteral("gelu"),
                            QStringLiteral("gelu_tanh"),    QStringLiteral("silu"),
                            QStringLiteral("quick_gelu"),   QStringLiteral("mish"),
                            QStringLiteral("relu_squared"), QStringLiteral("identity")};
    return static_cast<Activation>(names.indexOf(name));
}

inline EncoderConfig config_of(const QJsonObject &json)
{
    const auto number = [&](const char *field) { return json[QLatin1String(field)].toInt(); };
    const auto flag = [&](const char *field) { return json[QLatin1String(field)].toBool(); };
    const QString positions = json[QLatin1String("positions")].toString();
    const bool pre = json[QLatin1String("norm_placement")].toString() == QLatin1String("pre");
    return {.vocabulary_size = number("vocabulary_size"),
            .d_model = number("d_model"),
            .layers = number("layers"),
            .heads = number("heads"),
            .d_ff = number("d_ff"),
            .embedding_size = number("embedding_size"),
            .positions = positions == QLatin1String("sinusoidal") ? Positions::sinusoidal
                         : positions == QLatin1String("learned")  ? Positions::learned
                                                                  : Positions::none,
            .max_positions = number("max_positions"),
            .position_offset = number("position_offset"),
            .token_types = number("token_types"),
            .embedding_scale = flag("embedding_scale"),
            .embedding_norm = flag("embedding_norm"),
            .activation = activation_of(json[QLatin1String("activation")].toString()),
            .norm_placement = pre ? NormPlacement::pre : NormPlacement::post,
            .norm_epsilon = static_cast<float>(json[QLatin1String("norm_epsilon")].toDouble()),
            .biases = flag("biases"),
            .relative_buckets = number("relative_buckets")};
}

inline ModelPtr model_of(const Reference &reference)
{
    auto model = std::make_shared<Model>();
    model->config = config_of(reference.metadata("config").object());
    const auto weight = [&](const QString &name) {
        return SharedMatrix(reference.matrix(QStringLiteral("weights.") + name));
    };
    const auto linear = [&](const QString &name) {
        return Linear{weight(name + QStringLiteral(".weight")), weight(name + QStringLiteral(".bias"))};
    };
    const auto norm = [&](const QString &name) {
        return LayerNorm{weight(name + QStringLiteral(".gain")), weight(name + QStringLiteral(".bias"))};
    };
    EncoderWeights &weights = model->weights;
    weights.embedding = {.token = weight(QStringLiteral("token")),
                         .position = weight(QStringLiteral("position")),
                         .token_type = weight(QStringLiteral("token_type")),
                         .norm = norm(QStringLiteral("norm")),
                         .projection = linear(QStringLiteral("projection"))};
    for (int layer = 0; layer < model->config.layers; ++layer) {
        const auto name = [layer](const char *part) {
            return QStringLiteral("%1.%2").arg(layer).arg(QLatin1String(part));
        };
        weights.layers.push_back({.query = linear(name("query")),
                                  .key = linear(name("key")),
                                  .value = linear(name("value")),
                                  .output = linear(name("output")),
                                  .attention_norm = norm(name("attention_norm")),
                                  .expand = linear(name("expand")),
                                  .shrink = linear(name("shrink")),
                                  .feed_forward_norm = norm(name("feed_forward_norm"))});
    }
    weights.final_norm = norm(QStringLiteral("final_norm"));
    weights.relative_bias = weight(QStringLiteral("relative_bias"));
    return model;
}

inline Encoding encoding_of(const Reference &reference)
{
    const QJsonArray ids = reference.metadata("ids").array();
    const QJsonArray segments = reference.metadata("segments").array();
    Encoding encoding;
    for (qsizetype i = 0; i < ids.size(); ++i) {
        Token token;
        token.id = ids[i].toInt();
        token.segment = segments[i].toInt();
        token.type = token.segment;
        encoding.tokens.push_back(token);
    }
    return encoding;
}

inline Switches switches_of(const QJsonObject &json, const EncoderConfig &config)
{
    Switches switches;
    const auto each = [&](const char *field, const auto &action) {
        for (const QJsonValue &value : json[QLatin1String(field)].toArray())
            action(value);
    };
    each("heads_off", [&](const QJsonValue &pair) {
        switches.layer(pair.toArray()[0].toInt()).heads_off.insert(pair.toArray()[1].toInt());
    });
    each("attention_off", [&](const QJsonValue &layer) { switches.layer(layer.toInt()).attention = false; });
    each("feed_forward_off",
         [&](const QJsonValue &layer) { switches.layer(layer.toInt()).feed_forward = false; });
    each("layers_off", [&](const QJsonValue &layer) { switches.layer(layer.toInt()).on = false; });
    each("masked_tokens", [&](const QJsonValue &token) { switches.masked_tokens.insert(token.toInt()); });
    switches.positions = json[QLatin1String("positions")].toBool(true);
    switches.temperature = static_cast<float>(json[QLatin1String("temperature")].toDouble(1.0));
    if (json.contains(QLatin1String("embedding_scale")))
        switches.embedding_scale = !config.embedding_scale;
    if (json.contains(QLatin1String("activation")))
        switches.activation = activation_of(json[QLatin1String("activation")].toString());
    return switches;
}

/// The greatest |actual - expected| over the expected number, or over the root mean square of its matrix
/// where the number itself is smaller than that.
inline double relative_error(const Matrix &actual, const Matrix &expected)
{
    if (actual.rows() != expected.rows() || actual.cols() != expected.cols() || !actual.allFinite())
        return HUGE_VAL;
    const Eigen::ArrayXXd exact = expected.cast<double>().array();
    const double usual = std::sqrt(exact.square().mean());
    if (usual == 0.0)
        return actual.isZero(0.0F) ? 0.0 : HUGE_VAL;
    return ((actual.cast<double>().array() - exact).abs() / exact.abs().max(usual)).maxCoeff();
}

} // namespace encoderscope
