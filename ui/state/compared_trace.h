// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"
#include "engine/text/token_alignment.h"

namespace encoderscope
{

/// What a view shows: the run, the run that it is compared with, what differs, or one beside the other.
enum class Comparison { now, before, difference, sideBySide };

/// Which tokens of a run and of its reference belong together, with what stands for each found at once: views
/// ask that at every move of the pointer.
struct AlignedRuns : TokenAlignment {
    explicit AlignedRuns(TokenAlignment alignment);

    std::vector<int> in_reference; ///< what stands for each token of the run, -1 = nothing
    std::vector<int> in_now;       ///< what stands for each token of the reference
};

/// A run and the one that it is compared with.
struct ComparedTrace {
    TracePtr now;
    TracePtr before; ///< the reference run: without switches, or another one; may be `now` itself
    Comparison comparison = Comparison::now;
    /// Of their tokens, where the reference has other tokens or another model; may be left out.
    std::shared_ptr<const AlignedRuns> alignment = nullptr;

    explicit operator bool() const { return now != nullptr; }
    bool difference() const { return comparison == Comparison::difference; }
    /// The reference has other tokens or another model: its numbers are compared over aligned tokens.
    bool acrossRuns() const
    {
        return before && now != before &&
               (alignment || now->model_pointer() != before->model_pointer() ||
                !(now->encoding() == before->encoding()));
    }
    /// The trace to take labels and settings from.
    const Trace &trace() const { return comparison == Comparison::before ? *before : *now; }

    /// `numbers(trace)` of the run to show, or the difference now - before.
    template <typename Numbers>
    Matrix matrix(Numbers &&numbers) const
    {
        if (difference())
            return Matrix(numbers(*now)) - Matrix(numbers(*before));
        return numbers(trace());
    }
};

/// With the tokens aligned, when that is needed and not done yet; `corrections`: as the user put them
/// together.
ComparedTrace aligned(ComparedTrace compared, const std::vector<TokenPair> &corrections = {},
                      const std::stop_token &stop = {});
/// The token of the reference that stands for a token of the run, and the other way round; -1 = none. The
/// same token where nothing is aligned.
int referenceToken(const ComparedTrace &compared, int token);
int nowToken(const ComparedTrace &compared, int token);

} // namespace encoderscope
