// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/head_statistics.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <span>

namespace encoderscope
{

namespace
{

bool is_punctuation(const Token &token)
{
    const bool marks = std::all_of(token.text.begin(), token.text.end(),
                                   [](QChar c) { return c.isPunct() || c.isSymbol(); });
    return marks && !token.special && !token.text.isEmpty();
}

/// Which keys a query may be asked about, found once for all heads of a trace.
class Keys
{
public:
    explicit Keys(const Trace &trace)
        : same_(static_cast<std::size_t>(trace.tokens()))
        , word_(same_.size())
    {
        std::map<int, std::vector<int>> pieces;
        std::map<std::pair<int, int>, std::vector<int>> words;
        for (int index = 0; index < trace.tokens(); ++index) {
            const Token &token = trace.token(index);
            if (token.special && token.word < 0)
                special.push_back(index);
            if (token.special)
                continue;
            if (is_punctuation(token))
                punctuation.push_back(index);
            else
                pieces[token.id].push_back(index);
            if (token.word >= 0)
                words[{token.segment, token.word}].push_back(index);
        }
        const auto share = [](auto &groups, std::vector<std::vector<int>> &lists) {
            for (auto &[key, members] : groups) {
                for (const int member : members) {
                    if (members.size() > 1)
                        lists[static_cast<std::size_t>(member)] = members;
                }
            }
        };
        share(pieces, same_);
        share(words, word_);
    }

    std::span<const int> same(int query) const { return same_[static_cast<std::size_t>(query)]; }
    std::span<const int> word(int query) const { return word_[static_cast<std::size_t>(query)]; }

    std::vector<int> special, punctuation;

private:
    std::vector<std::vector<int>> same_, word_; ///< for each query: keys, itself among them; empty = none
};

template <typename Row>
double weight_on(const Row &row, std::span<const int> keys, int but = -1)
{
    double sum = 0.0;
    for (const int key : keys) {
        if (key != but)
            sum += static_cast<double>(row(key));
    }
    return sum;
}

HeadStatistics statistics_of(const Trace &trace, int layer, int head, const Keys &keys)
{
    constexpr int block = 64; // query rows at a time, so that no [tokens x tokens] matrix is ever whole
    const int n = trace.tokens();
    const double even = std::log2(static_cast<double>(n));
    HeadStatistics result;
    for (int first = 0; first < n; first += block) {
        const int count = std::min(block, n - first);
        const Matrix weights = trace.attention_weights(layer, head, {.first = first, .count = count});
        const Matrix entropy = row_entropy(weights);
        for (int index = 0; index < count; ++index) {
            const int query = first + index;
            const auto row = weights.row(index);
            const auto on = [&row](int key) { return static_cast<double>(row(key)); };
            const auto bits = static_cast<double>(entropy(index, 0));
            result.entropy.add(bits);
            if (n > 1)
                result.spread.add(bits / even);
            double distance = 0.0;
            for (int key = 0; key < n; ++key)
                distance += on(key) * std::abs(key - query);
            result.distance.add(distance);
            result.diagonal.add(on(query));
            if (query > 0)
                result.previous.add(on(query - 1));
            if (query + 1 < n)
                result.next.add(on(query + 1));
            result.first.add(on(0));
            result.special_tokens.add(weight_on(row, keys.special));
            result.separator.add(weight_on(row, keys.special, 0));
            if (!keys.word(query).empty())
                result.word.add(weight_on(row, keys.word(query), query));
            if (!keys.same(query).empty())
                result.same.add(weight_on(row, keys.same(query), query));
            if (!keys.punctuation.empty())
                result.punctuation.add(weight_on(row, keys.punctuation, query));
        }
    }
    return result;
}

} // namespace

HeadStatistics &HeadStatistics::operator+=(const HeadStatistics &other)
{
    for (const auto &[name, member] : head_measures)
        this->*member += other.*member;
    return *this;
}

Matrix row_entropy(const MatrixRef &weights)
{
    Matrix entropy(weights.rows(), 1);
    for (Index query = 0; query < weights.rows(); ++query) {
        double bits = 0.0;
        for (Index key = 0; key < weights.cols(); ++key) {
            const double weight = weights(query, key);
            if (weight != 0.0)
                bits -= weight * std::log2(weight);
        }
        entropy(query, 0) = static_cast<float>(bits);
    }
    return entropy;
}

HeadStatistics head_statistics(const Trace &trace, int layer, int head)
{
    return statistics_of(trace, layer, head, Keys(trace));
}

std::vector<HeadStatistics> head_statistics(const Trace &trace, const std::stop_token &stop)
{
    const Keys keys(trace);
    std::vector<HeadStatistics> all;
    for (int layer = 0; layer < trace.layers(); ++layer) {
        for (int head = 0; head < trace.heads(); ++head) {
            if (stop.stop_requested())
                return {};
            all.push_back(statistics_of(trace, layer, head, keys));
        }
    }
    return all;
}

HeadPattern pattern_of(const HeadStatistics &statistics)
{
    const float previous = statistics.previous.value();
    const float next = statistics.next.value();
    const float itself = statistics.diagonal.value();
    if (statistics.same.value() >= pattern_limits::same)
        return HeadPattern::same;
    if (statistics.word.value() >= pattern_limits::word && statistics.word.value() > std::max(previous, next))
        return HeadPattern::word;
    const std::pair<float, HeadPattern> places[] = {
        {previous, HeadPattern::previous},
        {next, HeadPattern::next},
        {itself, HeadPattern::itself},
        {statistics.first.value(), HeadPattern::first},
        {statistics.separator.value(), HeadPattern::separator},
        {statistics.punctuation.value(), HeadPattern::punctuation}};
    const auto *largest = std::max_element(std::begin(places), std::end(places),
                                           [](const auto &a, const auto &b) { return a.first < b.first; });
    if (largest->first >= pattern_limits::one_place)
        return largest->second;
    if (previous + itself + next >= pattern_limits::neighbours)
        return HeadPattern::neighbours;
    return statistics.spread.value() >= pattern_limits::broad ? HeadPattern::broad : HeadPattern::mixed;
}

} // namespace encoderscope
