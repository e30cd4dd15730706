// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/steering_options.h"

#include "app/command.h"
#include "app/run_options.h"
#include "engine/attribution/steering.h"
#include "ui/state/run.h"
#include "ui/state/switch_edits.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace encoderscope
{

namespace
{

struct SteeringMessages {
    Q_DECLARE_TR_FUNCTIONS(Command)
};

constexpr double greatest_factor = 1e6;

/// From 0.
int layer_of(const QString &word, const EncoderConfig &config)
{
    const int layer = word.toInt();
    if (layer < 1 || layer > config.layers)
        throw ArgumentError(SteeringMessages::tr("There is no layer %1: the model has layers 1 to %2.")
                                .arg(word)
                                .arg(config.layers));
    return layer - 1;
}

/// "2.1=0.5" (a head), "2.n17=3" (a neuron).
void scale(const QString &word, const EncoderConfig &config, Switches &switches)
{
    static const QRegularExpression form(QStringLiteral("\\A([0-9]{1,5})\\.(n?)([0-9]{1,7})=(.+)\\z"));
    const QRegularExpressionMatch match = form.match(word);
    if (!match.hasMatch())
        throw ArgumentError(
            SteeringMessages::tr(
                "--factor: \"%1\" is not understood; \"2.1=0.5\" is half of head 1 of layer 2, "
                "\"2.n17=3\" three times its neuron 17.")
                .arg(word));
    const int layer = layer_of(match.captured(1), config);
    const int index = match.captured(3).toInt();
    const auto factor = static_cast<float>(
        number_within(QStringLiteral("--factor"), match.captured(4), -greatest_factor, greatest_factor));
    if (!match.captured(2).isEmpty()) {
        if (index >= config.d_ff)
            throw ArgumentError(
                SteeringMessages::tr("There is no neuron %1: a layer of the model has neurons 0 to %2.")
                    .arg(index)
                    .arg(config.d_ff - 1));
        switches = withNeuronFactor(std::move(switches), layer, index, factor);
        return;
    }
    if (index < 1 || index > config.heads)
        throw ArgumentError(
            SteeringMessages::tr("There is no head %1: a layer of the model has heads 1 to %2.")
                .arg(index)
                .arg(config.heads));
    switches = withHeadFactor(std::move(switches), layer, index - 1, factor);
}

} // namespace

SteeringOptions::SteeringOptions()
    : scale_(QStringLiteral("factor"),
             SteeringMessages::tr(
                 "Multiplies a head's output or a neuron; may be repeated. 2.1=0.5: half of head 1 of "
                 "layer 2; 2.n17=3: three times its neuron 17."),
             QStringLiteral("part=number"))
    , steer_(QStringLiteral("steer"),
             SteeringMessages::tr(
                 "2=1.5: adds 1.5 times the way from --steer-from to --steer-to to every token's hidden "
                 "state after layer 2. The way is the difference of the mean hidden states there."),
             QStringLiteral("layer=number"))
    , to_(QStringLiteral("steer-to"), SteeringMessages::tr("The text to steer to; without it --text."),
          QStringLiteral("text"))
    , from_(QStringLiteral("steer-from"), SteeringMessages::tr("The text to steer away from."),
            QStringLiteral("text"))
{
}

void SteeringOptions::add_to(OptionParser &parser) const
{
    parser.addOptions(all());
}

void SteeringOptions::apply(const QCommandLineParser &parser, RunInput &input) const
{
    for (const QString &word : parser.values(scale_))
        scale(word, input.model->config, input.switches);
    if (parser.isSet(steer_))
        add_difference(parser, input);
    else if (parser.isSet(to_) || parser.isSet(from_))
        throw ArgumentError(SteeringMessages::tr("--steer is missing: a layer and a factor, as in 2=1.5."));
}

void SteeringOptions::add_difference(const QCommandLineParser &parser, RunInput &input) const
{
    static const QRegularExpression form(QStringLiteral("\\A([0-9]{1,5})=(.+)\\z"));
    const QRegularExpressionMatch match = form.match(parser.value(steer_));
    if (!match.hasMatch())
        throw ArgumentError(
            SteeringMessages::tr(
                "--steer: \"%1\" is not understood; \"2=1.5\" adds 1.5 times the difference after layer 2.")
                .arg(parser.value(steer_)));
    const int layer = layer_of(match.captured(1), input.model->config);
    const auto factor = static_cast<float>(
        number_within(QStringLiteral("--steer"), match.captured(2), -greatest_factor, greatest_factor));
    if (parser.value(from_).trimmed().isEmpty())
        throw ArgumentError(SteeringMessages::tr("--steer-from is missing or empty."));
    const auto run = [&](const QString &text) {
        RunInput alone = input;
        alone.text = text;
        alone.textB.reset();
        alone.switches = {};
        alone.masked.clear();
        alone.replaced.clear();
        RunCaches caches;
        return runAlone(alone, caches).now;
    };
    const RowVector way = steering_direction(*run(parser.isSet(to_) ? parser.value(to_) : input.text),
                                             *run(parser.value(from_)), layer);
    input.switches =
        withSteering(std::move(input.switches), layer, {way.data(), way.data() + way.size()}, factor);
}

} // namespace encoderscope
