// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/occlusion.h"

#include "engine/attribution/stacked_run.h"
#include "engine/forward/embedding.h"

#include <algorithm>
#include <span>

namespace encoderscope
{

namespace
{

/// Whether the target stands at a token of its own.
bool stands_at(const Target &target, int token)
{
    return target.kind != Target::Kind::label && target.kind != Target::Kind::similarity &&
           target.token == token;
}

/// Masked tokens of an input without `token`.
std::set<int> without(const std::set<int> &masked, int token)
{
    std::set<int> left;
    for (const int other : masked) {
        if (other != token)
            left.insert(other > token ? other - 1 : other);
    }
    return left;
}

/// The target of the input without each of `tokens`, of which all stand before the target's own token or all
/// behind it: `moved` is the target there.
std::vector<double> target_of_deletions(const Target &moved, const Trace &trace, std::span<const int> tokens,
                                        const std::stop_token &stop)
{
    const Model &model = trace.model();
    const Index left = trace.tokens() - 1;
    const auto at_once = static_cast<std::size_t>(
        stacked_at_once(model.config, static_cast<int>(left), static_cast<int>(tokens.size()), 1));
    std::vector<double> values;
    for (std::size_t first = 0; first < tokens.size(); first += at_once) {
        const std::span<const int> some = tokens.subspan(first, std::min(at_once, tokens.size() - first));
        std::vector<Switches> switches(some.size(), trace.switches());
        std::vector<StackedInput> inputs;
        Matrix x(std::ssize(some) * left, model.config.d_model);
        for (std::size_t at = 0; at < some.size(); ++at) {
            Encoding encoding = trace.encoding();
            encoding.tokens.erase(encoding.tokens.begin() + some[at]);
            switches[at].masked_tokens = without(trace.switches().masked_tokens, some[at]);
            const EmbeddingTrace embedding = embed(model, encoding, switches[at], stop);
            if (stop.stop_requested())
                return {};
            x.middleRows(static_cast<Index>(at) * left, left) = embedding.output;
            inputs.push_back({left, &switches[at]});
        }
        const std::vector<double> found = target_after(moved, model, 0, std::move(x), inputs, stop);
        if (stop.stop_requested())
            return {};
        values.insert(values.end(), found.begin(), found.end());
    }
    return values;
}

/// The same of any tokens, in their order.
std::vector<double> target_of_all_deletions(const Target &target, const Trace &trace,
                                            std::span<const int> tokens, const std::stop_token &stop)
{
    const auto before = static_cast<std::size_t>(
        std::lower_bound(tokens.begin(), tokens.end(), target.token) - tokens.begin());
    Target moved = target;
    --moved.token;
    std::vector<double> values = target_of_deletions(moved, trace, tokens.first(before), stop);
    const std::vector<double> behind = target_of_deletions(target, trace, tokens.subspan(before), stop);
    values.insert(values.end(), behind.begin(), behind.end());
    return values;
}

} // namespace

std::vector<int> removable_tokens(const Target &target, const Trace &trace)
{
    std::vector<int> tokens;
    for (int token = 0; token < trace.tokens(); ++token) {
        if (!trace.token(token).special && !stands_at(target, token))
            tokens.push_back(token);
    }
    return tokens;
}

TokenScores occlusion(const Target &target, const Trace &trace, Occlusion how, Baseline baseline,
                      const std::stop_token &stop)
{
    TokenScores result;
    result.value = target_value(target, trace);
    std::vector<int> tokens;
    std::vector<double> values;
    switch (how) {
    case Occlusion::baseline: {
        const Matrix from = baseline_rows(trace.model(), trace.encoding(), baseline);
        for (int token = 0; token < trace.tokens(); ++token) {
            if (!trace.token(token).special)
                tokens.push_back(token);
        }
        values = target_of_rows(
            target, trace, static_cast<int>(tokens.size()),
            [&](int at, Eigen::Ref<Matrix> rows) {
                const int token = tokens[static_cast<std::size_t>(at)];
                rows.row(token) = from.row(token);
            },
            stop);
        break;
    }
    case Occlusion::key: {
        std::vector<Switches> masked(static_cast<std::size_t>(trace.tokens()), trace.switches());
        std::vector<const Switches *> switches;
        for (int token = 0; token < trace.tokens(); ++token) {
            tokens.push_back(token);
            masked[static_cast<std::size_t>(token)].masked_tokens.insert(token);
            switches.push_back(&masked[static_cast<std::size_t>(token)]);
        }
        values = target_of_variants(
            target, trace, -1, Branch::output, switches, [](std::size_t, Eigen::Ref<Matrix>) {}, stop);
        break;
    }
    case Occlusion::deletion:
        if (trace.tokens() > 1) // else nothing would be left
            tokens = removable_tokens(target, trace);
        values = target_of_all_deletions(target, trace, tokens, stop);
        break;
    }
    if (stop.stop_requested())
        return result;
    result.scores.setZero(trace.tokens());
    for (std::size_t at = 0; at < values.size(); ++at)
        result.scores(tokens[at]) = result.value - values[at];
    return result;
}

} // namespace encoderscope
