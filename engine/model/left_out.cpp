// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/left_out.h"

namespace encoderscope
{

QStringList left_out_of(const OutputHeads &heads)
{
    QStringList reasons = heads.left_out;
    if (!heads.sentence_problem.isEmpty())
        reasons.append(heads.sentence_problem);
    return reasons;
}

} // namespace encoderscope
