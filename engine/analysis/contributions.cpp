// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/contributions.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace encoderscope
{

SublayerContributions sublayer_contributions(const Trace &trace)
{
    const int layers = trace.layers();
    SublayerContributions lengths{.attention = Matrix::Zero(layers, trace.tokens()),
                                  .feed_forward = Matrix::Zero(layers, trace.tokens()),
                                  .hidden = Matrix(layers + 1, trace.tokens())};
    for (int layer = 0; layer < layers; ++layer) {
        const LayerSwitches &on = trace.switches().layer(layer);
        if (on.on && on.attention)
            lengths.attention.row(layer) = trace.layer(layer).attention_output.rowwise().norm().transpose();
        if (on.on && on.feed_forward)
            lengths.feed_forward.row(layer) =
                trace.layer(layer).feed_forward_output.rowwise().norm().transpose();
    }
    for (int layer = -1; layer < layers; ++layer)
        lengths.hidden.row(layer + 1) = trace.hidden(layer).rowwise().norm().transpose();
    return lengths;
}

std::vector<Neuron> strongest_neurons(const Trace &trace, int layer, int token, int count)
{
    const auto activations = trace.layer(layer).activated.row(token);
    std::vector<int> order(static_cast<std::size_t>(activations.size()));
    std::iota(order.begin(), order.end(), 0);
    const auto strength = [&](int neuron) {
        const float value = std::abs(activations(neuron));
        return std::isnan(value) ? -1.0F : value; // what is not a number has no place in an order
    };
    const auto kept = std::clamp<std::ptrdiff_t>(count, 0, std::ssize(order));
    std::partial_sort(order.begin(), order.begin() + kept, order.end(), [&](int a, int b) {
        return strength(a) != strength(b) ? strength(a) > strength(b) : a < b;
    });
    std::vector<Neuron> strongest;
    for (auto neuron = order.begin(); neuron != order.begin() + kept; ++neuron)
        strongest.push_back({.index = *neuron, .value = activations(*neuron)});
    return strongest;
}

Matrix active_share(const Trace &trace, int layer)
{
    const Matrix &activated = trace.layer(layer).activated;
    Matrix shares(activated.rows(), 1);
    for (Index token = 0; token < activated.rows(); ++token) {
        const float *neurons = activated.data() + token * activated.cols();
        int active = 0; // compilers count many at a time
        for (Index neuron = 0; neuron < activated.cols(); ++neuron)
            active += neurons[neuron] > 0.0F ? 1 : 0;
        shares(token, 0) = static_cast<float>(active) / static_cast<float>(activated.cols());
    }
    return shares;
}

} // namespace encoderscope
