// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/worked_numbers.h"
#include "ui/figures/steps.h"
#include "ui/state/compared_trace.h"

#include <span>

namespace encoderscope
{

/// An element of a vector, whose product is shown term by term.
struct WorkedElement {
    WorkedVector which = WorkedVector::input;
    int element = -1; ///< -1: none

    bool operator==(const WorkedElement &) const = default;
};

/// Of a line that workedLines() made.
inline WorkedVector vectorOf(const StepLine &line)
{
    return static_cast<WorkedVector>(line.vector);
}

/// The vectors whose elements can be shown so, in the order in which the view names them; the first stands
/// for none.
std::span<const WorkedVector> workedProducts();

/// The names of the steps, in their order; the first is the heading.
const QStringList &workedStepNames();

/// The lines, in the order of the computation; `compared` says which run the numbers are of. `allKeys` false
/// leaves out weak keys when there are many. Below the vector of `opened` stands how that element came
/// about. StepLine::vector is a WorkedVector.
std::vector<StepLine> workedLines(const WorkedNumbers &numbers, const ComparedTrace &compared, bool allKeys,
                                  const WorkedElement &opened = {});

} // namespace encoderscope
