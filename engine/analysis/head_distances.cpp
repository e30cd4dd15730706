// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/head_distances.h"

#include "engine/kernels/workers.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace encoderscope
{

namespace
{

/// Σ w log2 w; weights of 0 add nothing.
double log_sum(const Eigen::ArrayXd &weights)
{
    constexpr double least = std::numeric_limits<double>::min();
    return (weights * weights.max(least).log()).sum() / std::log(2.0);
}

/// The weights of all heads on some query rows, each head's as one list.
std::vector<Eigen::ArrayXd> weights_of(const Trace &trace, const std::vector<int> &queries)
{
    std::vector<Eigen::ArrayXd> all;
    const Index n = trace.tokens();
    for (int layer = 0; layer < trace.layers(); ++layer) {
        for (int head = 0; head < trace.heads(); ++head) {
            Eigen::ArrayXd weights(n * std::ssize(queries));
            Eigen::Map<Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> rows(
                weights.data(), std::ssize(queries), n);
            for (std::size_t i = 0; i < queries.size(); ++i) {
                // Neighbours in one product.
                std::size_t next = i + 1;
                while (next < queries.size() && queries[next] == queries[next - 1] + 1)
                    ++next;
                const auto count = static_cast<int>(next - i);
                rows.middleRows(static_cast<Index>(i), count) =
                    trace.attention_weights(layer, head, {queries[i], count}).array().cast<double>();
                i = next - 1;
            }
            all.push_back(std::move(weights));
        }
    }
    return all;
}

std::vector<int> chosen_queries(int tokens, int most)
{
    const int count = most > 0 ? std::min(most, tokens) : tokens;
    std::vector<int> queries;
    for (int i = 0; i < count; ++i)
        queries.push_back(static_cast<int>(static_cast<long long>(i) * tokens / count));
    return queries;
}

} // namespace

HeadDistances head_distances(const Trace &trace, int most_queries, const std::stop_token &stop)
{
    if (!trace.has(TracePart::weights))
        return {};
    const std::vector<int> queries = chosen_queries(trace.tokens(), most_queries);
    const Index heads = static_cast<Index>(trace.layers()) * trace.heads();
    Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(heads, heads);
    // As many queries at a time as fit 32 MiB.
    constexpr Index most_numbers = 4'194'304;
    const Index at_once = std::max<Index>(1, most_numbers / std::max<Index>(1, heads * trace.tokens()));
    for (std::size_t first = 0; first < queries.size(); first += static_cast<std::size_t>(at_once)) {
        const std::size_t last = std::min(queries.size(), first + static_cast<std::size_t>(at_once));
        const std::vector<Eigen::ArrayXd> weights =
            weights_of(trace, {queries.begin() + static_cast<std::ptrdiff_t>(first),
                               queries.begin() + static_cast<std::ptrdiff_t>(last)});
        std::vector<double> own;
        for (const Eigen::ArrayXd &head : weights)
            own.push_back(log_sum(head));
        kernels::run_chunks(
            static_cast<std::size_t>(heads),
            [&](std::size_t a, std::size_t) {
                for (std::size_t b = a + 1; b < weights.size() && !stop.stop_requested(); ++b) {
                    const double mixed = log_sum(0.5 * (weights[a] + weights[b]));
                    sums(static_cast<Index>(a), static_cast<Index>(b)) += 0.5 * (own[a] + own[b]) - mixed;
                }
            },
            stop);
        if (stop.stop_requested())
            return {};
    }
    const Eigen::MatrixXd both = sums + sums.transpose();
    const double count = std::max<double>(1.0, static_cast<double>(queries.size()));
    return {(both / count).cwiseMax(0.0).cwiseSqrt(), static_cast<int>(queries.size())};
}

std::vector<NearHead> nearest_heads(const HeadDistances &distances, int index, int count)
{
    std::vector<NearHead> heads;
    for (int other = 0; other < static_cast<int>(distances.values.cols()); ++other) {
        if (other != index)
            heads.push_back({other, distances.values(index, other)});
    }
    std::stable_sort(heads.begin(), heads.end(),
                     [](const NearHead &a, const NearHead &b) { return a.distance < b.distance; });
    heads.resize(std::min(heads.size(), static_cast<std::size_t>(std::max(0, count))));
    return heads;
}

} // namespace encoderscope
