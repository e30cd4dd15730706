// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/text/token_alignment.h"

namespace encoderscope
{

/// Where the tokens of two aligned runs begin, each run a row in its own order.
struct AlignmentRows {
    std::vector<double> now, reference;
    double width = 0.0;
};

/// As many partners as keep their order begin at the same place; what stands between them follows the ones
/// before it in its own row.
AlignmentRows alignmentRows(const TokenAlignment &alignment, const std::vector<double> &nowWidths,
                            const std::vector<double> &referenceWidths, double gap);

} // namespace encoderscope
