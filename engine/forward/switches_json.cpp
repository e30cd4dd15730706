// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/forward/switches_json.h"

#include <QCoreApplication>

#include <array>

namespace encoderscope
{

namespace
{

constexpr int most_layers = 10'000; // and heads of a layer
constexpr int most_dimensions = 1'000'000;
constexpr double greatest_factor = 1e30;

constexpr std::array<std::pair<const char *, Activation>, 8> activations{
    {{"relu", Activation::relu},
     {"gelu", Activation::gelu},
     {"gelu_tanh", Activation::gelu_tanh},
     {"silu", Activation::silu},
     {"quick_gelu", Activation::quick_gelu},
     {"mish", Activation::mish},
     {"relu_squared", Activation::relu_squared},
     {"identity", Activation::identity}}};

/// A list of at most `most` elements; none when there is no such field.
qsizetype length_of(const JsonField &field, int most)
{
    if (!field.exists())
        return 0;
    const qsizetype length = field.array().size();
    if (length > most)
        throw field.error(QCoreApplication::translate("Json", "expected at most %1 elements, found %2.")
                              .arg(most)
                              .arg(length));
    return length;
}

float read_factor(const JsonField &field)
{
    const double factor = field.number();
    if (!(std::abs(factor) <= greatest_factor))
        field.refuse(QCoreApplication::translate("Json", "a number of at most %1").arg(greatest_factor));
    return static_cast<float>(factor);
}

/// [{"head": 2, "factor": 0.5}, ...]
QJsonArray factors_array(const std::map<int, float> &factors, const QString &name, int first)
{
    QJsonArray array;
    for (const auto &[index, factor] : factors)
        array.append(
            QJsonObject{{name, index + first}, {QStringLiteral("factor"), static_cast<double>(factor)}});
    return array;
}

std::map<int, float> read_factors(const JsonField &field, const QString &name, int first, int most)
{
    std::map<int, float> factors;
    const qsizetype length = length_of(field, most);
    for (qsizetype i = 0; i < length; ++i)
        factors[field[i].integer(name, first, most) - first] =
            read_factor(field[i][QStringLiteral("factor")]);
    return factors;
}

QJsonObject layer_object(const LayerSwitches &layer)
{
    QJsonObject object;
    if (!layer.on)
        object[QStringLiteral("on")] = false;
    if (!layer.attention)
        object[QStringLiteral("attention")] = false;
    if (!layer.feed_forward)
        object[QStringLiteral("feed_forward")] = false;
    QJsonArray heads;
    for (const int head : layer.heads_off)
        heads.append(head + 1);
    QJsonArray steering;
    for (const float value : layer.steering)
        steering.append(static_cast<double>(value));
    for (const auto &[name, array] :
         {std::pair(QStringLiteral("heads_off"), heads),
          std::pair(QStringLiteral("head_factors"),
                    factors_array(layer.head_factors, QStringLiteral("head"), 1)),
          std::pair(QStringLiteral("neuron_factors"),
                    factors_array(layer.neuron_factors, QStringLiteral("neuron"), 0)),
          std::pair(QStringLiteral("steering"), steering)}) {
        if (!array.isEmpty())
            object[name] = array;
    }
    if (layer.steering_factor != 1.0F)
        object[QStringLiteral("steering_factor")] = static_cast<double>(layer.steering_factor);
    return object;
}

void read_layer(const JsonField &field, LayerSwitches &layer)
{
    layer.on = field.flag(QStringLiteral("on"), true);
    layer.attention = field.flag(QStringLiteral("attention"), true);
    layer.feed_forward = field.flag(QStringLiteral("feed_forward"), true);
    const JsonField heads = field[QStringLiteral("heads_off")];
    const qsizetype count = length_of(heads, most_layers);
    for (qsizetype head = 0; head < count; ++head)
        layer.heads_off.insert(heads[head].integer(1, most_layers) - 1);
    layer.head_factors =
        read_factors(field[QStringLiteral("head_factors")], QStringLiteral("head"), 1, most_layers);
    layer.neuron_factors =
        read_factors(field[QStringLiteral("neuron_factors")], QStringLiteral("neuron"), 0, most_dimensions);
    const JsonField steering = field[QStringLiteral("steering")];
    const qsizetype dimensions = length_of(steering, most_dimensions);
    for (qsizetype dimension = 0; dimension < dimensions; ++dimension)
        layer.steering.push_back(read_factor(steering[dimension]));
    if (field.has(QStringLiteral("steering_factor")))
        layer.steering_factor = read_factor(field[QStringLiteral("steering_factor")]);
}

} // namespace

QString activation_word(Activation activation)
{
    for (const auto &[word, meant] : activations) {
        if (meant == activation)
            return QLatin1String(word);
    }
    return {};
}

Activation read_activation(const JsonField &field)
{
    QStringList all;
    for (const auto &[word, meant] : activations) {
        if (field.is_string() && field.string() == QLatin1String(word))
            return meant;
        all.append(QLatin1String(word));
    }
    field.refuse(QCoreApplication::translate("Json", "one of %1").arg(all.join(QStringLiteral(", "))));
}

QJsonObject switches_object(const Switches &switches)
{
    QJsonObject object;
    QJsonArray layers;
    for (std::size_t index = 0; index < switches.layers.size(); ++index) {
        QJsonObject one = layer_object(switches.layers[index]);
        if (one.isEmpty())
            continue;
        one[QStringLiteral("layer")] = static_cast<int>(index) + 1;
        layers.append(one);
    }
    if (!layers.isEmpty())
        object[QStringLiteral("layers")] = layers;
    if (!switches.positions)
        object[QStringLiteral("positions")] = false;
    if (switches.embedding_scale)
        object[QStringLiteral("embedding_scale")] = *switches.embedding_scale;
    if (switches.activation)
        object[QStringLiteral("activation")] = activation_word(*switches.activation);
    if (switches.temperature != 1.0F)
        object[QStringLiteral("temperature")] = static_cast<double>(switches.temperature);
    return object;
}

Switches read_switches(const JsonField &field)
{
    Switches switches;
    const JsonField layers = field[QStringLiteral("layers")];
    const qsizetype length = length_of(layers, most_layers);
    for (qsizetype i = 0; i < length; ++i)
        read_layer(layers[i], switches.layer(layers[i].integer(QStringLiteral("layer"), 1, most_layers) - 1));
    while (!switches.layers.empty() && switches.layers.back() == LayerSwitches())
        switches.layers.pop_back();
    switches.positions = field.flag(QStringLiteral("positions"), true);
    if (field.has(QStringLiteral("embedding_scale")))
        switches.embedding_scale = field[QStringLiteral("embedding_scale")].boolean();
    if (field.has(QStringLiteral("activation")))
        switches.activation = read_activation(field[QStringLiteral("activation")]);
    switches.temperature = static_cast<float>(field.number(QStringLiteral("temperature"), 1e-6, 1e6, 1.0));
    return switches;
}

} // namespace encoderscope
