// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/sweep.h"

#include "engine/attribution/stacked_run.h"
#include "engine/forward/embedding.h"

namespace encoderscope
{

namespace
{

/// One part to switch off, and where its change goes.
struct Variant {
    Switches switches;
    int head = -1; ///< whose columns of the concatenated heads become zeros
    double *change = nullptr;
};

std::vector<Variant> variants_of_layer(const Trace &trace, int layer, const SweepParts &parts, Sweep &result)
{
    std::vector<Variant> variants;
    const Switches &base = trace.switches();
    const LayerSwitches &on = base.layer(layer);
    const auto add = [&](double *change, int head, const auto &switch_off) {
        Variant variant{.switches = base, .head = head, .change = change};
        switch_off(variant.switches.layer(layer));
        variants.push_back(std::move(variant));
    };
    if (parts.heads) {
        for (int head = 0; head < trace.heads(); ++head) {
            if (base.head_on(layer, head))
                add(&result.heads(layer, head), head,
                    [head](LayerSwitches &switches) { switches.heads_off.insert(head); });
        }
    }
    if (parts.sublayers && on.on) {
        if (on.attention)
            add(&result.attention(layer), -1, [](LayerSwitches &switches) { switches.attention = false; });
        if (on.feed_forward)
            add(&result.feed_forward(layer), -1,
                [](LayerSwitches &switches) { switches.feed_forward = false; });
        add(&result.layers(layer), -1, [](LayerSwitches &switches) { switches.on = false; });
    }
    return variants;
}

void sweep_layer(const Target &target, const Trace &trace, int layer, const SweepParts &parts, Sweep &result,
                 const std::stop_token &stop)
{
    const std::vector<Variant> variants = variants_of_layer(trace, layer, parts, result);
    std::vector<const Switches *> switches;
    for (const Variant &variant : variants)
        switches.push_back(&variant.switches);
    const Index d_k = trace.config().d_k();
    const auto change = [&](std::size_t at, Eigen::Ref<Matrix> heads) {
        if (variants[at].head >= 0)
            heads.middleCols(variants[at].head * d_k, d_k).setZero();
    };
    const std::vector<double> values =
        target_of_variants(target, trace, layer, Branch::heads, switches, change, stop);
    for (std::size_t at = 0; at < values.size(); ++at)
        *variants[at].change = values[at] - result.value;
}

void sweep_tokens(const Target &target, const Trace &trace, Sweep &result, const std::stop_token &stop)
{
    std::vector<Switches> without(static_cast<std::size_t>(trace.tokens()), trace.switches());
    std::vector<const Switches *> switches;
    for (std::size_t token = 0; token < without.size(); ++token) {
        without[token].masked_tokens.insert(static_cast<int>(token));
        switches.push_back(&without[token]);
    }
    const auto nothing = [](std::size_t, Eigen::Ref<Matrix>) {};
    const std::vector<double> values =
        target_of_variants(target, trace, -1, Branch::output, switches, nothing, stop);
    for (std::size_t token = 0; token < values.size(); ++token)
        result.tokens(static_cast<Index>(token)) = values[token] - result.value;
}

void sweep_positions(const Target &target, const Trace &trace, Sweep &result, const std::stop_token &stop)
{
    const Model &model = trace.model();
    if (!model.config.knows_positions())
        return;
    Switches without = trace.switches();
    without.positions = false;
    const EmbeddingTrace embedding = embed(model, trace.encoding(), without, stop);
    const StackedInput input{trace.tokens(), &without};
    result.positions =
        target_after(target, model, 0, embedding.output, {&input, 1}, stop).front() - result.value;
}

} // namespace

Sweep sweep(const Target &target, const Trace &trace, const SweepParts &parts, const std::stop_token &stop,
            const OnProgress &progress)
{
    Sweep result;
    result.value = target_value(target, trace);
    if (parts.heads)
        result.heads.setZero(trace.layers(), trace.heads());
    if (parts.sublayers) {
        result.attention.setZero(trace.layers());
        result.feed_forward.setZero(trace.layers());
        result.layers.setZero(trace.layers());
    }
    const int steps = trace.layers() + 2;
    int done = 0;
    const auto report = [&] {
        ++done;
        if (progress)
            progress(static_cast<double>(done) / steps);
    };
    if (parts.positions && !stop.stop_requested())
        sweep_positions(target, trace, result, stop);
    report();
    // From the last layer on: its parts are the quickest.
    for (int layer = trace.layers() - 1; layer >= 0 && !stop.stop_requested(); --layer) {
        sweep_layer(target, trace, layer, parts, result, stop);
        report();
    }
    if (parts.tokens && !stop.stop_requested()) {
        result.tokens.setZero(trace.tokens());
        sweep_tokens(target, trace, result, stop);
    }
    report();
    result.stopped = stop.stop_requested();
    return result;
}

Eigen::MatrixXd head_importance(const Trace &trace, const TraceGradients &gradients)
{
    const Index d_k = trace.config().d_k();
    Eigen::MatrixXd importance = Eigen::MatrixXd::Zero(trace.layers(), trace.heads());
    for (std::size_t layer = 0; layer < gradients.layers.size(); ++layer) {
        const Matrix &output = trace.layer(static_cast<int>(layer)).concatenation;
        const Matrix &gradient = gradients.layers[layer].concatenation;
        for (Index head = 0; head < importance.cols(); ++head)
            importance(static_cast<Index>(layer), head) =
                -output.middleCols(head * d_k, d_k)
                     .cwiseProduct(gradient.middleCols(head * d_k, d_k))
                     .cast<double>()
                     .sum();
    }
    return importance;
}

} // namespace encoderscope
