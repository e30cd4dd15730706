// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/longest_common.h"

#include <algorithm>
#include <limits>
#include <unordered_set>

namespace encoderscope
{

namespace
{

/// A part of both sequences: [a, a_end) and [b, b_end).
struct Part {
    int a, a_end;
    int b, b_end;

    int rows() const { return a_end - a; }
    int columns() const { return b_end - b; }
};

/// The paper's names: x counts items of a, y items of b, diagonal k = x - y; d is the number of items taken
/// out or put in.
class Subsequence
{
public:
    Subsequence(std::span<const int> a, std::span<const int> b, const std::stop_token &stop)
        : a_(a)
        , b_(b)
        , stop_(stop)
        , middle_(static_cast<int>(b.size()) + 1)
        , forward_(a.size() + b.size() + 3, nowhere)
        , backward_(forward_)
    {
    }

    std::vector<CommonItem> solve()
    {
        solve({0, static_cast<int>(a_.size()), 0, static_cast<int>(b_.size())});
        return std::move(common_);
    }

private:
    static constexpr int nowhere = std::numeric_limits<int>::min() / 2;

    bool same(int a, int b) const
    {
        return a_[static_cast<std::size_t>(a)] == b_[static_cast<std::size_t>(b)];
    }

    void solve(Part part)
    {
        while (part.a < part.a_end && part.b < part.b_end && same(part.a, part.b))
            common_.push_back({part.a++, part.b++});
        int ending = 0;
        while (part.a < part.a_end && part.b < part.b_end && same(part.a_end - 1, part.b_end - 1)) {
            --part.a_end;
            --part.b_end;
            ++ending;
        }
        if (part.rows() > 0 && part.columns() > 0 && !stop_.stop_requested()) {
            const CommonItem middle = point_on_a_shortest_way(part);
            if (!stop_.stop_requested()) {
                solve({part.a, middle.a, part.b, middle.b});
                solve({middle.a, part.a_end, middle.b, part.b_end});
            }
        }
        for (int i = 0; i < ending; ++i)
            common_.push_back({part.a_end + i, part.b_end + i});
    }

    /// How far a way comes on diagonal k with one difference more than the ways in `reached` on its
    /// neighbours, before items that are the same.
    int next(const std::vector<int> &reached, int k, const Part &part) const
    {
        const auto at = [&](int diagonal) { return reached[static_cast<std::size_t>(middle_ + diagonal)]; };
        const int down = at(k + 1) - k <= part.columns() ? at(k + 1) : nowhere;
        const int right = at(k - 1) < part.rows() ? at(k - 1) + 1 : nowhere;
        return std::max(down, right);
    }

    /// Where ways from both ends meet. Needs a part of which neither the first nor the last items agree, so
    /// that at least two differences lie in it, one on each side of the point.
    CommonItem point_on_a_shortest_way(const Part &part)
    {
        const int n = part.rows();
        const int m = part.columns();
        const int delta = n - m;
        const bool odd = delta % 2 != 0;
        std::fill(forward_.begin() + middle_ - m - 1, forward_.begin() + middle_ + n + 2, nowhere);
        std::fill(backward_.begin() + middle_ - m - 1, backward_.begin() + middle_ + n + 2, nowhere);
        for (int d = 0; d <= (n + m + 1) / 2; ++d) {
            if (stop_.stop_requested())
                break;
            // Diagonals outside of [-m, n] leave the part.
            const int lowest = -d + 2 * std::max(0, d - m);
            const int highest = d - 2 * std::max(0, d - n);
            for (int k = lowest; k <= highest; k += 2) {
                int x = d == 0 ? 0 : next(forward_, k, part);
                if (x < 0)
                    continue;
                while (x < n && x - k < m && same(part.a + x, part.b + x - k))
                    ++x;
                forward_[static_cast<std::size_t>(middle_ + k)] = x;
                const int opposite = delta - k;
                if (odd && std::abs(opposite) < d &&
                    x + backward_[static_cast<std::size_t>(middle_ + opposite)] >= n)
                    return {part.a + x, part.b + x - k};
            }
            for (int k = lowest; k <= highest; k += 2) {
                int x = d == 0 ? 0 : next(backward_, k, part);
                if (x < 0)
                    continue;
                while (x < n && x - k < m && same(part.a_end - 1 - x, part.b_end - 1 - x + k))
                    ++x;
                backward_[static_cast<std::size_t>(middle_ + k)] = x;
                const int opposite = delta - k;
                if (!odd && std::abs(opposite) <= d &&
                    x + forward_[static_cast<std::size_t>(middle_ + opposite)] >= n)
                    return {part.a_end - x, part.b_end - x + k};
            }
        }
        return {part.a, part.b}; // only when stopped
    }

    std::span<const int> a_, b_;
    const std::stop_token &stop_;
    int middle_;                          ///< where diagonal 0 is in the lists
    std::vector<int> forward_, backward_; ///< by diagonal: how far in a, counted from the beginning or end
    std::vector<CommonItem> common_;
};

struct Kept {
    std::vector<int> items;
    std::vector<int> places; ///< where they were
};

Kept those_in(std::span<const int> items, std::span<const int> others)
{
    const std::unordered_set<int> known(others.begin(), others.end());
    Kept kept;
    for (std::size_t place = 0; place < items.size(); ++place) {
        if (known.contains(items[place])) {
            kept.items.push_back(items[place]);
            kept.places.push_back(static_cast<int>(place));
        }
    }
    return kept;
}

} // namespace

std::vector<CommonItem> longest_common_subsequence(std::span<const int> a, std::span<const int> b,
                                                   const std::stop_token &stop)
{
    // What stands on one side only is no part of it, and would make the way long.
    const Kept kept_a = those_in(a, b);
    const Kept kept_b = those_in(b, a);
    std::vector<CommonItem> common = Subsequence(kept_a.items, kept_b.items, stop).solve();
    for (CommonItem &item : common)
        item = {kept_a.places[static_cast<std::size_t>(item.a)],
                kept_b.places[static_cast<std::size_t>(item.b)]};
    return common;
}

} // namespace encoderscope
