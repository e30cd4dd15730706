// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What every file that is compiled once per instruction set includes before Highway. Nothing of Eigen or Qt
// may be included there: their inline functions would be merged across instruction sets.

// SSSE3 gains nothing over SSE4 or the baseline here; kernels hold vectors in arrays, which vectors of a size
// unknown to the compiler (SVE) do not allow.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)

#include <hwy/detect_targets.h>
