// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/token_methods.h"

#include "engine/analysis/rollout.h"
#include "engine/attribution/flow.h"
#include "engine/attribution/sentence_shares.h"

#include <array>

namespace encoderscope
{

namespace
{

/// What reaches the target's token, or each token that a sentence's vector is made of, by its share.
Eigen::VectorXd row_of_target(const Target &target, const Trace &trace, const Matrix &rollout)
{
    if (rollout.size() == 0)
        return {}; // stopped
    if (target.kind == Target::Kind::similarity)
        return rollout.cast<double>().transpose() *
               sentence_shares(trace.model(), trace.tokens(), trace.switches().masked_tokens);
    const int token = target.kind == Target::Kind::label ? 0 : target.token;
    return rollout.row(token).transpose().cast<double>();
}

} // namespace

std::span<const NamedMethod> token_methods()
{
    static constexpr std::array<NamedMethod, 11> all{
        {{"gradient", TokenMethod::gradient},
         {"gradient-x-input", TokenMethod::gradient_times_input},
         {"integrated-gradients", TokenMethod::integrated_gradients},
         {"occlusion", TokenMethod::occlusion},
         {"key-mask", TokenMethod::key_mask},
         {"deletion", TokenMethod::deletion},
         {"rollout", TokenMethod::rollout},
         {"norm", TokenMethod::norm},
         {"residual", TokenMethod::residual},
         {"globenc", TokenMethod::globenc},
         {"alti", TokenMethod::alti}}};
    return all;
}

bool has_baseline(TokenMethod method)
{
    return method == TokenMethod::integrated_gradients || method == TokenMethod::occlusion;
}

MethodScores token_scores(TokenMethod method, const Target &target, const Trace &trace, Baseline baseline,
                          int steps, const std::stop_token &stop, const OnProgress &progress)
{
    const int last_layer = target_depth(target, trace.model()) - 1;
    const auto flow = [&](Flow kind) {
        return MethodScores{
            {row_of_target(target, trace, flow_rollout(trace, last_layer, kind, stop, progress)),
             target_value(target, trace)},
            {},
            {}};
    };
    switch (method) {
    case TokenMethod::gradient:
        return {gradient_norm(target, trace, stop), {}, {}};
    case TokenMethod::gradient_times_input:
        return {gradient_times_input(target, trace, stop), {}, {}};
    case TokenMethod::integrated_gradients: {
        const IntegratedGradients result =
            integrated_gradients(target, trace, baseline, steps, stop, progress);
        return {result, result.gap, result.baseline_value};
    }
    case TokenMethod::occlusion:
        return {occlusion(target, trace, Occlusion::baseline, baseline, stop), {}, {}};
    case TokenMethod::key_mask:
        return {occlusion(target, trace, Occlusion::key, baseline, stop), {}, {}};
    case TokenMethod::deletion:
        return {occlusion(target, trace, Occlusion::deletion, baseline, stop), {}, {}};
    case TokenMethod::rollout:
        return {{row_of_target(target, trace, attention_rollout(trace, last_layer, stop)),
                 target_value(target, trace)},
                {},
                {}};
    case TokenMethod::norm:
        return flow(Flow::norm);
    case TokenMethod::residual:
        return flow(Flow::residual);
    case TokenMethod::globenc:
        return flow(Flow::globenc);
    case TokenMethod::alti:
        break;
    }
    return flow(Flow::alti);
}

} // namespace encoderscope
