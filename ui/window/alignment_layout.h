// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/compared_trace.h"

#include <QFont>
#include <QRectF>

#include <array>
#include <memory>
#include <vector>

namespace encoderscope
{

/// A token of a run, or of what it is compared with.
struct AlignmentPlace {
    bool reference = false;
    int token = -1;

    bool operator==(const AlignmentPlace &) const = default;
};

/// The run, or what it is compared with.
const TracePtr &traceOfRow(const ComparedTrace &compared, bool reference);
/// The unit's tokens there.
const std::vector<int> &tokensOfRow(const AlignedTokens &unit, bool reference);

/// Where the chips of two aligned runs' tokens lie, the run above its reference, and which belong together.
class AlignmentLayout
{
public:
    static constexpr double margin = 12.0; ///< at both ends, as in the token strip
    static constexpr double padding = 6.0; ///< around a chip's text

    /// Of nothing.
    AlignmentLayout() = default;
    /// `compared` has an alignment; `corrections` are those of its tokens that the user put together.
    AlignmentLayout(const ComparedTrace &compared, const std::vector<TokenPair> &corrections,
                    const QFont &font);

    /// Of both rows and the room for the lines between them.
    static double height(const QFont &font);
    double width() const { return width_; }

    /// A row's, from left to right.
    const std::vector<QRectF> &chips(bool reference) const { return chips_[row(reference)]; }
    int tokens(bool reference) const { return static_cast<int>(chips(reference).size()); }
    bool has(const AlignmentPlace &place) const { return place.token < tokens(place.reference); }

    // Of a token that there is.
    const QRectF &chip(const AlignmentPlace &place) const;
    const AlignedTokens &unitOf(const AlignmentPlace &place) const;
    bool byHand(const AlignmentPlace &place) const { return byHand_[unit(place)]; }
    /// Its first partner in the other row, else the token nearest to it there.
    AlignmentPlace opposite(const AlignmentPlace &place) const;

    /// By the number of a unit of the alignment: it was put together by the user.
    const std::vector<bool> &byHand() const { return byHand_; }
    /// The token whose chip is there; token -1: none.
    AlignmentPlace placeAt(const QPointF &point) const;

private:
    static std::size_t row(bool reference) { return reference ? 1 : 0; }
    std::size_t unit(const AlignmentPlace &place) const;

    std::shared_ptr<const AlignedRuns> alignment_;
    std::array<std::vector<QRectF>, 2> chips_;
    std::array<std::vector<std::size_t>, 2> units_; ///< by token
    std::vector<bool> byHand_;                      ///< by unit
    double width_ = 2.0 * margin;
};

} // namespace encoderscope
