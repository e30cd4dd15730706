// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/worked_numbers.h"
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

} // namespace encoderscope
