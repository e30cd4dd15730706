// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/learn/baselines.h"

#include <algorithm>
#include <cmath>

namespace encoderscope
{

Baselines::Baselines(const Sentences &sentences, int vocabulary_size, const MaskingVocabulary &vocabulary)
    : mask_(vocabulary.mask)
    , counts_(static_cast<std::size_t>(vocabulary_size), 0)
{
    for (const std::vector<int> &sentence : sentences) {
        // Specials are not predicted, but may be looked at.
        for (std::size_t index = 1; index < sentence.size(); ++index) {
            const int id = sentence[index];
            if (vocabulary.special[static_cast<std::size_t>(id)])
                continue;
            ++counts_[static_cast<std::size_t>(id)];
            ++total_;
            Followers &followers = followers_[sentence[index - 1]];
            const int count = ++followers.counts[id];
            ++followers.total;
            const int best = followers.counts[followers.most_frequent];
            if (count > best || (count == best && id < followers.most_frequent))
                followers.most_frequent = id;
        }
    }
    most_frequent_ = static_cast<int>(std::max_element(counts_.begin(), counts_.end()) - counts_.begin());
}

double Baselines::unigram_probability(int id) const
{
    return (counts_[static_cast<std::size_t>(id)] + 1.0) /
           static_cast<double>(total_ + static_cast<std::int64_t>(counts_.size()));
}

Outcome Baselines::unigram(const Batch &batch) const
{
    Outcome outcome;
    for (const int label : batch.labels) {
        outcome.loss -= std::log(unigram_probability(label));
        outcome.correct += label == most_frequent_ ? 1 : 0;
        ++outcome.labels;
    }
    return outcome;
}

Outcome Baselines::bigram(const Batch &batch) const
{
    Outcome outcome;
    for (std::size_t index = 0; index < batch.labels.size(); ++index) {
        const int label = batch.labels[index];
        const int before = batch.ids[static_cast<std::size_t>(batch.positions[index]) - 1];
        const auto found = before == mask_ ? followers_.end() : followers_.find(before);
        double probability = unigram_probability(label);
        int guess = most_frequent_;
        if (found != followers_.end()) {
            const Followers &followers = found->second;
            const auto count = followers.counts.find(label);
            const double seen = count == followers.counts.end() ? 0.0 : count->second;
            const auto kinds = static_cast<double>(followers.counts.size());
            probability = (seen + kinds * probability) / (followers.total + kinds);
            guess = followers.most_frequent;
        }
        outcome.loss -= std::log(probability);
        outcome.correct += guess == label ? 1 : 0;
        ++outcome.labels;
    }
    return outcome;
}

} // namespace encoderscope
