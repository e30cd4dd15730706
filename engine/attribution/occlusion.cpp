// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/occlusion.h"

#include "engine/attribution/stacked_run.h"
#include "engine/forward/embedding.h"

#include <algorithm>
#include <functional>

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

std::vector<int> removable_tokens(const Target &target, const Trace &trace)
{
    std::vector<int> tokens;
    for (int token = 0; token < trace.tokens(); ++token) {
        if (!trace.token(token).special && !stands_at(target, token))
            tokens.push_back(token);
    }
    return tokens;
}

/// The target of `count` inputs that differ in their token rows: change(input, rows).
std::vector<double> target_of_rows(const Target &target, const Trace &trace, int count,
                                   const std::function<void(int, Eigen::Ref<Matrix>)> &change,
                                   const std::stop_token &stop)
{
    const Model &model = trace.model();
    const Index n = trace.tokens();
    const StackedInput input{n, &trace.switches()};
    const int at_once = stacked_at_once(model.config, trace.tokens(), count, 1);
    std::vector<double> values;
    for (int first = 0; first < count; first += at_once) {
        const int copies = std::min(at_once, count - first);
        Matrix rows = trace.embedding().token.replicate(copies, 1);
        for (int copy = 0; copy < copies; ++copy)
            change(first + copy, rows.middleRows(copy * n, n));
        EmbeddingTrace embedding =
            embed_rows(model, trace.encoding(), trace.switches(), std::move(rows), stop);
        const std::vector<StackedInput> inputs(static_cast<std::size_t>(copies), input);
        const std::vector<double> some =
            target_after(target, model, 0, std::move(embedding.output), inputs, stop);
        if (stop.stop_requested())
            return {};
        values.insert(values.end(), some.begin(), some.end());
    }
    return values;
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

std::vector<double> target_of_deletions(const Target &target, const Trace &trace,
                                        const std::vector<int> &tokens, const std::stop_token &stop)
{
    std::vector<double> values;
    for (const int token : tokens) {
        Encoding encoding = trace.encoding();
        encoding.tokens.erase(encoding.tokens.begin() + token);
        Target moved = target;
        moved.token -= target.token > token ? 1 : 0;
        Switches switches = trace.switches();
        switches.masked_tokens = without(switches.masked_tokens, token);
        EmbeddingTrace embedding = embed(trace.model(), encoding, switches, stop);
        const StackedInput input{embedding.output.rows(), &switches};
        values.push_back(
            target_after(moved, trace.model(), 0, std::move(embedding.output), {&input, 1}, stop).front());
        if (stop.stop_requested())
            return {};
    }
    return values;
}

double area_of(const std::vector<double> &values)
{
    if (values.size() < 2)
        return values.empty() ? 0.0 : values.front();
    double sum = (values.front() + values.back()) / 2.0;
    for (std::size_t at = 1; at + 1 < values.size(); ++at)
        sum += values[at];
    return sum / static_cast<double>(values.size() - 1);
}

} // namespace

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
        tokens = removable_tokens(target, trace);
        values = target_of_deletions(target, trace, tokens, stop);
        break;
    }
    if (stop.stop_requested())
        return result;
    result.scores.setZero(trace.tokens());
    for (std::size_t at = 0; at < values.size(); ++at)
        result.scores(tokens[at]) = result.value - values[at];
    return result;
}

std::vector<int> order_by_scores(const Target &target, const Trace &trace, const Eigen::VectorXd &scores)
{
    std::vector<int> order = removable_tokens(target, trace);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return scores(a) > scores(b); });
    return order;
}

std::vector<int> random_order(const Target &target, const Trace &trace, std::uint64_t seed)
{
    std::vector<int> order = removable_tokens(target, trace);
    std::uint64_t state = seed;
    const auto next = [&state] { // SplitMix64
        std::uint64_t z = (state += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    };
    for (std::size_t left = order.size(); left > 1; --left)
        std::swap(order[left - 1], order[next() % left]);
    return order;
}

Curves deletion_curves(const Target &target, const Trace &trace, const std::vector<int> &order,
                       Baseline baseline, const std::stop_token &stop)
{
    check_target(target, trace.model(), trace.tokens());
    Matrix from = baseline_rows(trace.model(), trace.encoding(), baseline);
    const Matrix &whole = trace.embedding().token;
    const int steps = static_cast<int>(order.size()) + 1;
    // The curves end where the other begins: what is not in the order stays in both.
    std::vector<bool> taken(static_cast<std::size_t>(trace.tokens()), false);
    for (const int token : order)
        taken[static_cast<std::size_t>(token)] = true;
    for (int token = 0; token < trace.tokens(); ++token) {
        if (!taken[static_cast<std::size_t>(token)])
            from.row(token) = whole.row(token);
    }
    Curves curves;
    for (const bool deletion : {true, false}) {
        Curve &curve = deletion ? curves.deletion : curves.insertion;
        const Matrix &start = deletion ? whole : from;
        const Matrix &end = deletion ? from : whole;
        curve.values = target_of_rows(
            target, trace, steps,
            [&](int step, Eigen::Ref<Matrix> rows) {
                rows = start;
                for (int at = 0; at < step; ++at)
                    rows.row(order[static_cast<std::size_t>(at)]) =
                        end.row(order[static_cast<std::size_t>(at)]);
            },
            stop);
        curve.area = area_of(curve.values);
    }
    return stop.stop_requested() ? Curves() : curves;
}

Curves random_curves(const Target &target, const Trace &trace, int orders, std::uint64_t seed,
                     Baseline baseline, const std::stop_token &stop, const OnProgress &progress)
{
    Curves mean;
    const auto add = [orders](const Curve &one, Curve &sum) {
        sum.values.resize(one.values.size());
        for (std::size_t at = 0; at < one.values.size(); ++at)
            sum.values[at] += one.values[at] / orders;
        sum.area += one.area / orders;
    };
    for (int order = 0; order < orders; ++order) {
        const std::vector<int> tokens = random_order(target, trace, seed + static_cast<std::uint64_t>(order));
        const Curves curves = deletion_curves(target, trace, tokens, baseline, stop);
        if (stop.stop_requested())
            return {};
        add(curves.deletion, mean.deletion);
        add(curves.insertion, mean.insertion);
        if (progress)
            progress(static_cast<double>(order + 1) / orders);
    }
    return mean;
}

} // namespace encoderscope
