// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/corpus/top_examples.h"

#include <algorithm>
#include <limits>

namespace encoderscope
{

TopExamples::TopExamples(std::size_t things, std::size_t most)
    : most_(most)
    , counts_(things, 0)
    , examples_(things * most)
    , least_(things, -std::numeric_limits<float>::infinity())
{
}

TopExamples TopExamples::candidates() const
{
    TopExamples none(things(), most_);
    none.least_ = least_;
    return none;
}

std::span<const Example> TopExamples::of(std::size_t thing) const
{
    return {examples_.data() + thing * most_, counts_[thing]};
}

bool TopExamples::takes(std::size_t thing, const Example &example) const
{
    if (example.value < least_[thing])
        return false;
    return counts_[thing] < most_ || (most_ > 0 && example.before(examples_[thing * most_ + most_ - 1]));
}

bool TopExamples::offer(std::size_t thing, const Example &example, Example *dropped)
{
    if (dropped)
        *dropped = {};
    if (!takes(thing, example))
        return false;
    const auto begin = examples_.begin() + static_cast<std::ptrdiff_t>(thing * most_);
    std::size_t &count = counts_[thing];
    const auto end = begin + static_cast<std::ptrdiff_t>(count);
    if (std::any_of(begin, end, [&](const Example &one) { return one.sentence == example.sentence; }))
        return false;
    const auto place = std::find_if(begin, end, [&](const Example &one) { return example.before(one); });
    if (count < most_)
        ++count;
    else if (dropped)
        *dropped = *(end - 1);
    std::move_backward(place, begin + static_cast<std::ptrdiff_t>(count) - 1,
                       begin + static_cast<std::ptrdiff_t>(count));
    *place = example;
    if (count == most_)
        least_[thing] = std::max(least_[thing], (begin + static_cast<std::ptrdiff_t>(most_) - 1)->value);
    return true;
}

} // namespace encoderscope
