// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/head_totals.h"

#include <cmath>

namespace encoderscope
{

void MeasureTotal::add(double value, int count)
{
    ++sentences;
    const double before = value - mean;
    mean += before / static_cast<double>(sentences);
    squares += before * (value - mean);
    queries += count;
    sum += value * count;
}

double MeasureTotal::deviation() const
{
    return sentences > 1 ? std::sqrt(squares / static_cast<double>(sentences - 1)) : 0.0;
}

HeadTotals::HeadTotals(int layers, int heads)
    : totals_(static_cast<std::size_t>(layers) * static_cast<std::size_t>(heads) * head_measures.size())
{
}

void HeadTotals::add(const SentenceResult &sentence)
{
    if (sentence.heads.size() != totals_.size())
        return;
    for (std::size_t index = 0; index < totals_.size(); ++index) {
        const int queries = sentence.queries[index % head_measures.size()];
        if (queries > 0)
            totals_[index].add(static_cast<double>(sentence.heads[index]), queries);
    }
}

HeadStatistics HeadTotals::statistics(std::size_t head) const
{
    HeadStatistics statistics;
    for (std::size_t measure = 0; measure < head_measures.size(); ++measure) {
        const MeasureTotal &total = at(head, measure);
        statistics.*head_measures[measure].second = {.sum = total.mean * static_cast<double>(total.sentences),
                                                     .queries = static_cast<int>(total.sentences)};
    }
    return statistics;
}

} // namespace encoderscope
