// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/forward/trace.h"

namespace encoderscope
{

enum class Comparison { now, before, difference };

/// What a view shows: the run as switched, the plain run, or what the switches changed.
struct ComparedTrace {
    TracePtr now;
    TracePtr before; ///< the run without switches; the same as `now` when none is off
    Comparison comparison = Comparison::now;

    explicit operator bool() const { return now != nullptr; }
    bool difference() const { return comparison == Comparison::difference; }
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

} // namespace encoderscope
