// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"
#include "engine/text/token_alignment.h"

#include <functional>
#include <vector>

namespace encoderscope
{

// Numbers of a reference run on the tokens of another one, so that one can be taken from the other. What is
// known of one side only is NaN. With one partner each, numbers are taken over as they are; so the difference
// of a run with itself is exactly 0, and changing the sides changes nothing but signs.

/// Rows of the reference [reference_tokens x d] on the tokens of now [now_tokens x d]: of several partners,
/// the mean.
Matrix reference_rows(const MatrixRef &reference, const TokenAlignment &alignment);

/// Numbers between tokens (attention weights, scores) of the reference [reference_tokens x reference_tokens]
/// on the tokens of now [now_tokens x now_tokens]. As "What Does BERT Look At?" (section 4) does with the
/// pieces of a word: the mean of what several tokens give, the sum of what several get; what one token gets
/// is shared evenly among several that stand for it. Rows keep their sum but for what tokens without a
/// partner get.
class ReferenceAttention
{
public:
    explicit ReferenceAttention(const TokenAlignment &alignment);

    /// `count` rows of the reference's numbers from row `first` on [count x reference_tokens].
    using Rows = std::function<Matrix(int first, int count)>;
    /// Rows [first, first + count) on the tokens of now [count x now_tokens]. Asks only for those rows of the
    /// reference that stand for them, so that of a long input no more has to be computed than is seen.
    Matrix rows(const Rows &reference, int first, int count) const;

private:
    /// Where a unit's tokens are in the lists: [begin, end).
    struct Unit {
        std::size_t now, now_end;
        std::size_t reference, reference_end;
    };

    int now_tokens_, reference_tokens_;
    std::vector<int> now_, reference_; ///< tokens, unit after unit
    std::vector<Unit> units_;          ///< those with tokens on both sides
    std::vector<int> unit_of_;         ///< of each token of now, -1 = none
};

/// All rows of a reference that is there already.
Matrix reference_attention(const MatrixRef &reference, const TokenAlignment &alignment);

/// Why rows of so many numbers here and there cannot be subtracted, for the user; empty when they can be.
QString why_no_row_difference(Index here, Index there);
/// The same of a head, in layers of so many heads.
QString why_no_head_difference(int here, int there);

/// How many tokens of now have no partner, so that no difference is known of them.
int tokens_without_partner(const TokenAlignment &alignment);

/// The side of an alignment.
enum class AlignedSide { now, reference };

/// One row for each unit that has tokens on both sides, in their order: the mean of its tokens' rows
/// [matched units x d].
Matrix unit_means(const MatrixRef &values, const TokenAlignment &alignment, AlignedSide side);

} // namespace encoderscope
