// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace encoderscope
{

/// A file of tests/data/analysis.
inline QJsonObject reference_data(const char *name)
{
    QFile file(QStringLiteral(ENCODERSCOPE_TEST_DATA "/analysis/") + QLatin1String(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no reference data");
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// `rows` x `columns` numbers of a flat list, from number `first` on.
inline Matrix matrix(const QJsonValue &list, Index rows, Index columns, Index first = 0)
{
    Matrix m(rows, columns);
    for (Index i = 0; i < rows * columns; ++i)
        m(i / columns, i % columns) = static_cast<float>(list.toArray().at(first + i).toDouble());
    return m;
}

/// The run that the reference data was made for, put together from its numbers.
inline TracePtr reference_trace(const QJsonObject &data)
{
    auto model = std::make_shared<Model>();
    model->config = {.d_model = data[QLatin1String("d_model")].toInt(),
                     .layers = data[QLatin1String("layers")].toInt(),
                     .heads = data[QLatin1String("heads")].toInt(),
                     .d_ff = data[QLatin1String("d_ff")].toInt()};
    const EncoderConfig &config = model->config;
    const Index n = data[QLatin1String("tokens")].toInt();
    const auto part = [&](const char *name, int layer, Index columns) {
        return matrix(data[QLatin1String(name)], n, columns, layer * n * columns);
    };
    EmbeddingTrace embedding;
    embedding.output = part("hidden", 0, config.d_model);
    std::vector<std::shared_ptr<const LayerTrace>> layers;
    for (int index = 0; index < config.layers; ++index) {
        LayerTrace layer;
        layer.query = part("query", index, config.d_model);
        layer.key = part("key", index, config.d_model);
        layer.attention_output = part("attention_output", index, config.d_model);
        layer.feed_forward_output = part("feed_forward_output", index, config.d_model);
        layer.activated = part("activated", index, config.d_ff);
        layer.output = part("hidden", index + 1, config.d_model);
        layers.push_back(std::make_shared<const LayerTrace>(std::move(layer)));
    }
    Encoding encoding;
    encoding.tokens.resize(static_cast<std::size_t>(n));
    for (const QJsonValue &token : data[QLatin1String("special")].toArray())
        encoding.tokens[static_cast<std::size_t>(token.toInt())].special = true;
    for (std::size_t index = 0; index < encoding.tokens.size(); ++index) {
        Token &token = encoding.tokens[index];
        token.id = data[QLatin1String("ids")].toArray().at(static_cast<qsizetype>(index)).toInt();
        token.word = data[QLatin1String("words")].toArray().at(static_cast<qsizetype>(index)).toInt();
        token.text = QStringLiteral("x");
    }
    for (const QJsonValue &token : data[QLatin1String("punctuation")].toArray())
        encoding.tokens[static_cast<std::size_t>(token.toInt())].text = QStringLiteral(",");
    Switches switches;
    const QJsonArray off = data[QLatin1String("heads_off")].toArray();
    for (qsizetype i = 0; i + 1 < off.size(); i += 2)
        switches.layer(off[i].toInt()).heads_off.insert(off[i + 1].toInt());
    for (const QJsonValue &layer : data[QLatin1String("attention_off")].toArray())
        switches.layer(layer.toInt()).attention = false;
    return std::make_shared<const Trace>(model, encoding, switches,
                                         std::make_shared<const EmbeddingTrace>(std::move(embedding)),
                                         std::move(layers), Matrix());
}

} // namespace encoderscope
