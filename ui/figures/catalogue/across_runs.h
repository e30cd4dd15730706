// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/aligned_difference.h"
#include "ui/figures/heatmap.h"
#include "ui/state/frame.h"

#include <functional>
#include <optional>

namespace encoderscope
{

/// The reference run is any but this one without switches: another text, another model, other switches.
bool otherReference(const ComparedTrace &compared);

/// A figure's numbers of the run to show, or their difference, which is taken over aligned tokens where the
/// runs have other tokens. NaN where a token has no partner in the reference.
class AlignedValues
{
public:
    using Numbers = std::function<Matrix(const Trace &)>;
    using NumbersOfRows = std::function<Matrix(const Trace &, Trace::Rows)>;

    explicit AlignedValues(const ComparedTrace &compared);

    const ComparedTrace &compared() const { return compared_; }
    /// A difference over aligned tokens is wanted.
    bool aligned() const { return alignment_ != nullptr; }

    /// Of numbers that are rows of tokens [tokens x d]. Throws Error when the rows have other widths.
    Matrix rows(const Numbers &numbers) const;
    /// The row of one token of the run [1 x d]. Throws Error when it has no partner, too.
    Matrix row(const Numbers &numbers, int token) const;
    /// Of numbers between tokens [tokens x tokens].
    Matrix between(const Numbers &numbers) const;
    /// Some rows of them [rows x tokens]: no others are computed.
    Matrix between(const NumbersOfRows &numbers, Trace::Rows rows) const;
    /// The same difference over aligned tokens without special ones, which each run leaves out by itself
    /// [ordinary tokens x ordinary tokens]. `renormalized`: what is left of each row sums to 1.
    Matrix alignedOrdinary(const Numbers &numbers, bool renormalized) const;
    /// Some rows of it, counted among the ordinary tokens [rows x ordinary tokens].
    Matrix alignedOrdinary(const NumbersOfRows &numbers, bool renormalized, Trace::Rows rows) const;

private:
    bool isNow(const Trace &trace) const { return &trace == compared_.now.get(); }

    ComparedTrace compared_;
    std::shared_ptr<const AlignedRuns> alignment_;
    std::shared_ptr<const ReferenceAttention> attention_; ///< of that alignment
};

/// Hatches the rows of tokens without a partner in the reference, of a difference over aligned tokens;
/// `columns`: those, too. Rows are all tokens, or those of `rowIndices`.
void hatchUnmatched(HeatmapData &data, const ComparedTrace &compared, bool columns);

/// What a caption says of the tokens of a difference: "2 tokens without a partner"; empty when all have one.
QString partnersText(const ComparedTrace &compared);

} // namespace encoderscope
