// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/map/map_layout.h"
#include "ui/state/compared_trace.h"

#include <QImage>

#include <stop_token>

namespace encoderscope
{

/// The picture of a part: a head's attention weights, an FFN's activations, the vectors of embedding,
/// positions and output; one pixel a value or, where there are more, the largest of several. Null for other
/// parts, for what the model does not have, and when stopped.
QImage thumbnail(const ComparedTrace &compared, const MapPart &part, bool dark,
                 const std::stop_token &stop = {});

/// About how many multiplications a thumbnail costs.
double thumbnailCost(const Trace &trace, const MapPart &part);

} // namespace encoderscope
