// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

#include <algorithm>
#include <array>
#include <stop_token>
#include <utility>
#include <vector>

namespace encoderscope
{

/// A mean over those query tokens that have what is asked for: only they count.
struct QueryMean {
    double sum = 0.0;
    int queries = 0;

    void add(double value)
    {
        sum += value;
        ++queries;
    }
    QueryMean &operator+=(const QueryMean &other)
    {
        sum += other.sum;
        queries += other.queries;
        return *this;
    }
    /// 0 when there are no such queries.
    float value() const { return queries > 0 ? static_cast<float>(sum / queries) : 0.0F; }
    bool operator==(const QueryMean &) const = default;
};

/// What one head looks at: means over queries of the weight on certain keys, 0 to 1, where no unit is named.
struct HeadStatistics {
    QueryMean entropy;     ///< of the weights over the keys, in bits; 0 = one key, log2(tokens) = even
    QueryMean spread;      ///< entropy / log2(tokens): 0 = one key, 1 = even; of inputs of two tokens or more
    QueryMean distance;    ///< weight times |key - query|, in tokens
    QueryMean diagonal;    ///< the token itself
    QueryMean previous;    ///< the token before; of all tokens but the first
    QueryMean next;        ///< the token after; of all tokens but the last
    QueryMean first;       ///< the input's first token: [CLS] in BERT
    QueryMean separator;   ///< special tokens around sentences but the first token: [SEP] in BERT
    QueryMean word;        ///< the other pieces of the token's word; of tokens whose word has several
    QueryMean same;        ///< the same piece elsewhere; of words' pieces that come more than once
    QueryMean punctuation; ///< punctuation marks but itself; of inputs that have some

    HeadStatistics &operator+=(const HeadStatistics &other);
    /// The weight on special tokens around sentences, [CLS] and [SEP] in BERT.
    float special() const { return special_tokens.value(); }
    QueryMean special_tokens;

    bool operator==(const HeadStatistics &) const = default;
};

/// Every measure and its name in files.
inline constexpr std::array<std::pair<const char *, QueryMean HeadStatistics::*>, 12> head_measures{
    {{"entropy", &HeadStatistics::entropy},
     {"spread", &HeadStatistics::spread},
     {"distance", &HeadStatistics::distance},
     {"diagonal", &HeadStatistics::diagonal},
     {"previous", &HeadStatistics::previous},
     {"next", &HeadStatistics::next},
     {"first", &HeadStatistics::first},
     {"separator", &HeadStatistics::separator},
     {"word", &HeadStatistics::word},
     {"same", &HeadStatistics::same},
     {"punctuation", &HeadStatistics::punctuation},
     {"special", &HeadStatistics::special_tokens}}};

/// Calls action(first, count) for some queries after the other, so that no [tokens x tokens] matrix is ever
/// whole.
template <typename Action>
void by_query_blocks(int queries, const Action &action)
{
    constexpr int block = 64;
    for (int first = 0; first < queries; first += block)
        action(first, std::min(block, queries - first));
}

/// What is asked of each head of a run, given its weights.
class HeadMeasures
{
public:
    explicit HeadMeasures(const Encoding &encoding);

    /// Adds what `weights` [queries x tokens] give, those of the queries from `first_query` on.
    void add(const MatrixRef &weights, int first_query, HeadStatistics &to) const;

private:
    std::vector<int> special_, punctuation_;    ///< keys
    std::vector<std::vector<int>> same_, word_; ///< for each query: keys, itself among them; empty = none
    RowVector distances_;                       ///< |key - query| for key - query from 1 - tokens on
};

HeadStatistics head_statistics(const Trace &trace, int layer, int head);

/// Of every head: [layer * heads + head]. A stopped computation returns an empty list.
std::vector<HeadStatistics> head_statistics(const Trace &trace, const std::stop_token &stop = {});

/// What a head does, in one word. Which one is decided by pattern_of().
enum class HeadPattern {
    same,        ///< the same word elsewhere
    word,        ///< the rest of the word
    previous,    ///< the previous token
    next,        ///< the next token
    itself,      ///< the token itself
    first,       ///< the first token
    separator,   ///< separators
    punctuation, ///< punctuation marks
    neighbours,  ///< previous, itself and next together
    broad,       ///< spread over many tokens
    mixed        ///< none of these
};

/// The shares from which a head has a name.
namespace pattern_limits
{
constexpr float same = 0.3F;       ///< of queries that come more than once
constexpr float word = 0.4F;       ///< of queries in words of several pieces, and more than previous and next
constexpr float one_place = 0.4F;  ///< previous, next, itself, first, separator, punctuation: the largest
constexpr float neighbours = 0.5F; ///< previous, itself and next together
constexpr float broad = 0.75F;     ///< spread
} // namespace pattern_limits

/// The first rule that fits: `same` and `word` from their limit on; the largest of the shares that know one
/// place, from its limit on; `neighbours`; `broad`; else `mixed`.
HeadPattern pattern_of(const HeadStatistics &statistics);

/// The entropy of each row of `weights` in bits [rows x 1]; weights of 0 add nothing.
Matrix row_entropy(const MatrixRef &weights);

} // namespace encoderscope
