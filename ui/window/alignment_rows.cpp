// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/alignment_rows.h"

#include <algorithm>

namespace encoderscope
{

namespace
{

/// The most units whose tokens follow each other in the reference too: a longest increasing subsequence.
std::vector<const AlignedTokens *> inOrder(const TokenAlignment &alignment)
{
    std::vector<const AlignedTokens *> matched;
    for (const AlignedTokens &unit : alignment.units) {
        if (unit.matched())
            matched.push_back(&unit);
    }
    const auto place = [&](std::size_t index) { return matched[index]->reference.front(); };
    std::vector<std::size_t> ends; // of the best subsequence of each length
    std::vector<std::size_t> before(matched.size(), matched.size());
    for (std::size_t index = 0; index < matched.size(); ++index) {
        const auto end = std::partition_point(ends.begin(), ends.end(),
                                              [&](std::size_t other) { return place(other) < place(index); });
        if (end != ends.begin())
            before[index] = *std::prev(end);
        if (end == ends.end())
            ends.push_back(index);
        else
            *end = index;
    }
    std::vector<const AlignedTokens *> kept;
    for (std::size_t index = ends.empty() ? matched.size() : ends.back(); index < matched.size();
         index = before[index])
        kept.push_back(matched[index]);
    std::reverse(kept.begin(), kept.end());
    return kept;
}

/// One of the rows, filled from the left.
struct Row {
    const std::vector<double> &widths;
    double gap;
    std::vector<double> lefts = {};
    double end = 0.0;

    void fillUntil(int token)
    {
        while (lefts.size() < static_cast<std::size_t>(token)) {
            const double width = widths[lefts.size()];
            lefts.push_back(end);
            end += width + gap;
        }
    }
};

} // namespace

AlignmentRows alignmentRows(const TokenAlignment &alignment, const std::vector<double> &nowWidths,
                            const std::vector<double> &referenceWidths, double gap)
{
    Row now{nowWidths, gap};
    Row reference{referenceWidths, gap};
    for (const AlignedTokens *unit : inOrder(alignment)) {
        now.fillUntil(unit->now.front());
        reference.fillUntil(unit->reference.front());
        now.end = reference.end = std::max(now.end, reference.end);
    }
    now.fillUntil(static_cast<int>(nowWidths.size()));
    reference.fillUntil(static_cast<int>(referenceWidths.size()));
    return {std::move(now.lefts), std::move(reference.lefts), std::max(now.end, reference.end)};
}

} // namespace encoderscope
