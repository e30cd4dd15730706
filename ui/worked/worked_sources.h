// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/worked_lines.h"
#include "ui/figures/steps_painter.h"
#include "ui/state/selection.h"

namespace encoderscope
{

/// Some consecutive elements of a vector.
struct WorkedCells {
    WorkedVector which = WorkedVector::input;
    int first = 0;
    int count = 0;
};
/// What one element of a vector was computed from.
std::vector<WorkedCells> workedSources(const WorkedNumbers &numbers, WorkedVector which, int element);

/// What to emphasise in the figures for one element of a vector.
Selected workedLights(const WorkedNumbers &numbers, WorkedVector which, int token, int element);

/// The elements to emphasise in the strip of a line: the one whose product is `opened`, and those that the
/// number under the pointer came from, which is `pointed`, or, where the pointer is in another view (line
/// -1), those that are `hovered` there.
std::vector<StepCells> litCells(const WorkedNumbers &numbers, const std::vector<StepLine> &lines, int line,
                                const WorkedElement &opened, const StepPoint &pointed,
                                const Selected &hovered);

} // namespace encoderscope
