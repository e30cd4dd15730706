// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <stop_token>
#include <vector>

namespace encoderscope
{

/// An item that stands in both sequences, and where.
struct CommonItem {
    int a = 0;
    int b = 0;

    bool operator==(const CommonItem &) const = default;
};

/// A longest common subsequence of both, in their order ("An O(ND) Difference Algorithm and Its Variations",
/// section 4b). Takes a time that grows with the length times the number of differences, and memory that
/// grows with the length. A stopped computation returns what it had found.
std::vector<CommonItem> longest_common_subsequence(std::span<const int> a, std::span<const int> b,
                                                   const std::stop_token &stop = {});

} // namespace encoderscope
