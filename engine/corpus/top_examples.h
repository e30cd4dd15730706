// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace encoderscope
{

/// Where something is strong: a token, or a query and its key.
struct Example {
    std::int64_t sentence = 0;
    std::int32_t token = -1; ///< the query, of a head
    std::int32_t key = -1;   ///< -1 for neurons
    float value = 0.0F;

    bool operator==(const Example &) const = default;
    /// The order in which examples are kept: the greater value, then the earlier sentence. Total, so that the
    /// best ones do not depend on the order in which they were found.
    bool before(const Example &other) const
    {
        return value != other.value ? value > other.value : sentence < other.sentence;
    }
};

/// The strongest examples of many things (neurons, heads), each from another sentence. Those of two parts of
/// a corpus together are those of the whole.
class TopExamples
{
public:
    TopExamples(std::size_t things, std::size_t most);
    /// None yet, of the same things; only what these would keep as they are now will be kept.
    TopExamples candidates() const;

    std::size_t things() const { return counts_.size(); }
    /// Best first.
    std::span<const Example> of(std::size_t thing) const;
    /// Whether offer() would keep it.
    bool takes(std::size_t thing, const Example &example) const;
    /// Examples of a smaller value than this are not kept.
    float least(std::size_t thing) const { return least_[thing]; }
    /// Keeps it if it is among the best and its sentence is not there yet. False when it was not kept.
    /// `dropped` is set to the example that had to go for it, if one had; its sentence is 0 else.
    bool offer(std::size_t thing, const Example &example, Example *dropped = nullptr);

private:
    std::size_t most_;
    std::vector<std::size_t> counts_;
    std::vector<Example> examples_; ///< [things x most]
    std::vector<float> least_;
};

} // namespace encoderscope
