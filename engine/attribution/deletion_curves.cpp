// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/attribution/deletion_curves.h"

#include "engine/attribution/occlusion.h"
#include "engine/attribution/stacked_run.h"

#include <algorithm>
#include <map>

namespace encoderscope
{

namespace
{

/// Of each token whether it is taken away.
using TakenTokens = std::vector<bool>;

/// Inputs that differ in the tokens that are taken away, each of them once.
class TakenSets
{
public:
    std::size_t index_of(const TakenTokens &taken)
    {
        const auto [place, added] = indices_.try_emplace(taken, sets_.size());
        if (added)
            sets_.push_back(&place->first);
        return place->second;
    }
    const std::vector<const TakenTokens *> &all() const { return sets_; }

private:
    std::map<TakenTokens, std::size_t> indices_;
    std::vector<const TakenTokens *> sets_; ///< a map's keys stay where they are
};

/// The inputs that the two curves of an order are of.
struct CurveSets {
    std::vector<std::size_t> deletion, insertion;
};

CurveSets sets_of(const std::vector<int> &order, int tokens, TakenSets &known)
{
    CurveSets sets;
    TakenTokens taken(static_cast<std::size_t>(tokens), false);
    sets.deletion.push_back(known.index_of(taken));
    for (const int token : order) {
        taken[static_cast<std::size_t>(token)] = true;
        sets.deletion.push_back(known.index_of(taken));
    }
    sets.insertion.push_back(sets.deletion.back());
    for (const int token : order) {
        taken[static_cast<std::size_t>(token)] = false;
        sets.insertion.push_back(known.index_of(taken));
    }
    return sets;
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

Curve curve_of_sets(const std::vector<std::size_t> &sets, const std::vector<double> &values)
{
    Curve curve;
    for (const std::size_t set : sets)
        curve.values.push_back(values[set]);
    curve.area = area_of(curve.values);
    return curve;
}

} // namespace

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

std::vector<Curves> deletion_curves(const Target &target, const Trace &trace,
                                    std::span<const std::vector<int>> orders, Baseline baseline,
                                    const std::stop_token &stop, const OnProgress &progress)
{
    check_target(target, trace.model(), trace.tokens());
    const Matrix from = baseline_rows(trace.model(), trace.encoding(), baseline);
    TakenSets known;
    std::vector<CurveSets> sets;
    for (const std::vector<int> &order : orders)
        sets.push_back(sets_of(order, trace.tokens(), known));
    const std::vector<double> values = target_of_rows(
        target, trace, static_cast<int>(known.all().size()),
        [&](int set, Eigen::Ref<Matrix> rows) {
            const TakenTokens &taken = *known.all()[static_cast<std::size_t>(set)];
            for (Index token = 0; token < rows.rows(); ++token) {
                if (taken[static_cast<std::size_t>(token)])
                    rows.row(token) = from.row(token);
            }
        },
        stop, progress);
    if (stop.stop_requested())
        return {};
    std::vector<Curves> curves;
    for (const CurveSets &of_order : sets)
        curves.push_back(
            {curve_of_sets(of_order.deletion, values), curve_of_sets(of_order.insertion, values)});
    return curves;
}

Curves deletion_curves(const Target &target, const Trace &trace, const std::vector<int> &order,
                       Baseline baseline, const std::stop_token &stop)
{
    const std::vector<Curves> curves = deletion_curves(target, trace, {&order, 1}, baseline, stop);
    return curves.empty() ? Curves() : curves.front();
}

Curves random_curves(const Target &target, const Trace &trace, int orders, std::uint64_t seed,
                     Baseline baseline, const std::stop_token &stop, const OnProgress &progress)
{
    std::vector<std::vector<int>> all;
    for (int order = 0; order < orders; ++order) {
        std::vector<int> next =
            order % 2 == 0 ? random_order(target, trace, seed + static_cast<std::uint64_t>(order) / 2)
                           : std::vector<int>(all.back().rbegin(), all.back().rend());
        all.push_back(std::move(next));
    }
    Curves mean;
    const auto add = [orders](const Curve &one, Curve &sum) {
        sum.values.resize(one.values.size());
        for (std::size_t at = 0; at < one.values.size(); ++at)
            sum.values[at] += one.values[at] / orders;
        sum.area += one.area / orders;
    };
    for (const Curves &curves : deletion_curves(target, trace, all, baseline, stop, progress)) {
        add(curves.deletion, mean.deletion);
        add(curves.insertion, mean.insertion);
    }
    return mean;
}

} // namespace encoderscope
