// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/corpus/sentence_result.h"

#include <vector>

namespace encoderscope
{

/// A measure of a head over many sentences. Those of two parts of a corpus can be merged.
struct MeasureTotal {
    std::int64_t sentences = 0; ///< that have what is measured
    double mean = 0.0;          ///< of the sentences' means
    double squares = 0.0;       ///< of their distances from `mean`, summed
    std::int64_t queries = 0;   ///< tokens that the sentences' means are of
    double sum = 0.0;           ///< over all of them

    /// One more sentence, of so many queries (Welford 1962).
    void add(double value, int count);
    /// Between sentences: the square root of squares / (sentences - 1); 0 of fewer than two.
    double deviation() const;
    /// Over all tokens: long sentences count more than in `mean`; 0 without any.
    double token_mean() const { return queries > 0 ? sum / static_cast<double>(queries) : 0.0; }
};

/// Every measure of every head.
class HeadTotals
{
public:
    HeadTotals(int layers, int heads);

    MeasureTotal &at(std::size_t head, std::size_t measure)
    {
        return totals_[head * head_measures.size() + measure];
    }
    const MeasureTotal &at(std::size_t head, std::size_t measure) const
    {
        return totals_[head * head_measures.size() + measure];
    }
    std::size_t heads() const { return totals_.size() / head_measures.size(); }
    /// One more sentence; one without numbers (not finite) adds nothing.
    void add(const SentenceResult &sentence);
    /// The head's statistics as the means of the sentences' means; `queries` are the sentences.
    HeadStatistics statistics(std::size_t head) const;

private:
    std::vector<MeasureTotal> totals_; ///< [layers * heads * measures]
};

} // namespace encoderscope
