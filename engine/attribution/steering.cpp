// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/steering.h"

#include "engine/attribution/stacked_run.h"
#include "engine/error.h"

#include <QCoreApplication>

#include <algorithm>

namespace encoderscope
{

namespace
{

void check_steered_layer(const Trace &trace, int layer)
{
    if (layer < 0 || layer >= trace.layers())
        throw Error(QCoreApplication::translate("Attribution", "There is no layer %1: the model has %2.")
                        .arg(layer + 1)
                        .arg(trace.layers()));
}

void check_output(const Trace &trace, const ScaledOutput &output)
{
    check_steered_layer(trace, output.layer);
    const bool head = output.kind == ScaledOutput::Kind::head;
    const int count = head ? trace.heads() : trace.config().d_ff;
    if (output.index >= 0 && output.index < count)
        return;
    if (head)
        throw Error(QCoreApplication::translate("Attribution", "There is no head %1: a layer has %2.")
                        .arg(output.index + 1)
                        .arg(count));
    throw Error(QCoreApplication::translate("Attribution", "There is no neuron %1: a layer has %2.")
                    .arg(output.index)
                    .arg(count));
}

float factor_of(const LayerSwitches &switches, const ScaledOutput &output)
{
    if (output.kind == ScaledOutput::Kind::head)
        return switches.head_factor(output.index);
    const auto found = switches.neuron_factors.find(output.index);
    return found == switches.neuron_factors.end() ? 1.0F : found->second;
}

void set_factor(LayerSwitches &switches, const ScaledOutput &output, float factor)
{
    if (output.kind == ScaledOutput::Kind::head) {
        switches.heads_off.erase(output.index);
        switches.head_factors[output.index] = factor;
    } else {
        switches.neuron_factors[output.index] = factor;
    }
}

RowVector state_of(const Trace &trace, int layer, std::optional<int> token)
{
    check_steered_layer(trace, layer);
    if (!token)
        return trace.hidden(layer).colwise().mean();
    if (*token < 0 || *token >= trace.tokens())
        throw Error(
            QCoreApplication::translate("Attribution", "There is no token %1: the input has tokens 0 to %2.")
                .arg(*token)
                .arg(trace.tokens() - 1));
    return trace.hidden(layer).row(*token);
}

} // namespace

RowVector steering_direction(const Trace &now, const Trace &reference, int layer,
                             const std::optional<SteeringTokens> &tokens)
{
    const RowVector to = state_of(now, layer, tokens ? std::optional(tokens->now) : std::nullopt);
    const RowVector from =
        state_of(reference, layer, tokens ? std::optional(tokens->reference) : std::nullopt);
    if (to.size() != from.size())
        throw Error(QCoreApplication::translate("Attribution",
                                                "The hidden states have %1 numbers here and %2 in the "
                                                "reference: they have no difference.")
                        .arg(to.size())
                        .arg(from.size()));
    return to - from;
}

FactorCurve factor_curve(const Target &target, const Trace &trace, const ScaledOutput &output,
                         const std::stop_token &stop)
{
    constexpr float greatest = 2.0F;
    constexpr float step = 0.25F;
    check_output(trace, output);
    FactorCurve curve{.factors = {},
                      .values = {},
                      .factor_now = factor_of(trace.switches().layer(output.layer), output),
                      .value_now = target_value(target, trace)};
    for (int at = 0; - greatest + static_cast<float>(at) * step <= greatest; ++at)
        curve.factors.push_back(-greatest + static_cast<float>(at) * step);
    std::vector<Switches> scaled(curve.factors.size(), trace.switches());
    std::vector<const Switches *> variants;
    for (std::size_t at = 0; at < scaled.size(); ++at) {
        set_factor(scaled[at].layer(output.layer), output, curve.factors[at]);
        variants.push_back(&scaled[at]);
    }
    curve.values = target_of_variants(
        target, trace, output.layer - 1, Branch::output, variants, [](std::size_t, Eigen::Ref<Matrix>) {},
        stop);
    return curve;
}

} // namespace encoderscope
