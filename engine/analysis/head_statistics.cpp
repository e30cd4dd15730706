// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/analysis/head_statistics.h"

#include "engine/kernels/elementwise.h"

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

} // namespace

HeadMeasures::HeadMeasures(const Encoding &encoding)
    : same_(encoding.tokens.size())
    , word_(same_.size())
    , distances_(std::max<Index>(2 * std::ssize(same_) - 1, 0))
{
    const auto tokens = static_cast<int>(encoding.tokens.size());
    std::map<int, std::vector<int>> pieces;
    std::map<std::pair<int, int>, std::vector<int>> words;
    for (int index = 0; index < tokens; ++index) {
        const Token &token = encoding.tokens[static_cast<std::size_t>(index)];
        if (token.special && token.word < 0)
            special_.push_back(index);
        if (token.special)
            continue;
        if (is_punctuation(token))
            punctuation_.push_back(index);
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
    for (Index column = 0; column < distances_.size(); ++column)
        distances_(column) = static_cast<float>(std::abs(column + 1 - tokens));
}

void HeadMeasures::add(const MatrixRef &weights, int first_query, HeadStatistics &to) const
{
    const auto n = static_cast<int>(weights.cols());
    const double even = std::log2(static_cast<double>(n));
    const Matrix entropy = row_entropy(weights);
    for (int index = 0; index < weights.rows(); ++index) {
        const int query = first_query + index;
        const auto row = weights.row(index);
        const auto on = [&row](int key) { return static_cast<double>(row(key)); };
        const auto bits = static_cast<double>(entropy(index, 0));
        to.entropy.add(bits);
        if (n > 1)
            to.spread.add(bits / even);
        to.distance.add(static_cast<double>(row.dot(distances_.segment(n - 1 - query, n))));
        to.diagonal.add(on(query));
        if (query > 0)
            to.previous.add(on(query - 1));
        if (query + 1 < n)
            to.next.add(on(query + 1));
        to.first.add(on(0));
        to.special_tokens.add(weight_on(row, special_));
        to.separator.add(weight_on(row, special_, 0));
        const std::vector<int> &word = word_[static_cast<std::size_t>(query)];
        if (!word.empty())
            to.word.add(weight_on(row, word, query));
        const std::vector<int> &same = same_[static_cast<std::size_t>(query)];
        if (!same.empty())
            to.same.add(weight_on(row, same, query));
        if (!punctuation_.empty())
            to.punctuation.add(weight_on(row, punctuation_, query));
    }
}

namespace
{

HeadStatistics statistics_of(const Trace &trace, int layer, int head, const HeadMeasures &measures)
{
    HeadStatistics result;
    by_query_blocks(trace.tokens(), [&](int first, int count) {
        measures.add(trace.attention_weights(layer, head, {.first = first, .count = count}), first, result);
    });
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
    kernels::entropies({.data = weights.data(),
                        .rows = static_cast<std::size_t>(weights.rows()),
                        .columns = static_cast<std::size_t>(weights.cols()),
                        .stride = static_cast<std::size_t>(weights.outerStride())},
                       entropy.data());
    return entropy;
}

HeadStatistics head_statistics(const Trace &trace, int layer, int head)
{
    return statistics_of(trace, layer, head, HeadMeasures(trace.encoding()));
}

std::vector<HeadStatistics> head_statistics(const Trace &trace, const std::stop_token &stop)
{
    const HeadMeasures measures(trace.encoding());
    std::vector<HeadStatistics> all;
    for (int layer = 0; layer < trace.layers(); ++layer) {
        for (int head = 0; head < trace.heads(); ++head) {
            if (stop.stop_requested())
                return {};
            all.push_back(statistics_of(trace, layer, head, measures));
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
