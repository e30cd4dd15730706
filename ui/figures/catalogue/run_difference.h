// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/frame.h"

namespace encoderscope
{

/// What two runs differ in, in a line: text, model, pieces, what is switched. Empty when in nothing.
QString runDifference(const ComparedTrace &compared);

/// What to call a run and the one that it is compared with: "now: “The cat sat.”", with what tells them
/// apart.
struct RunNames {
    QString now, reference;
};
RunNames runNames(const Frame &frame);

/// The tokens of the run, and of the reference, that are not the same in the other one.
struct DifferingTokens {
    std::set<int> now, reference;
};
DifferingTokens differingTokens(const ComparedTrace &compared);

} // namespace encoderscope
