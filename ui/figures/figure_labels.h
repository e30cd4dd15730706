// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/compared_trace.h"

#include <QString>

namespace encoderscope
{

// What titles and names of trace figures have in common.

/// " (before switching)", " (now − before)" or nothing.
QString comparisonSuffix(const ComparedTrace &compared);
/// The same for file names.
QString comparisonName(const ComparedTrace &compared);
/// The title of a value: "attention weight", or of its difference.
QString comparedValueTitle(const ComparedTrace &compared, const QString &value);

} // namespace encoderscope
