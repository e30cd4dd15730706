// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/version.h"

namespace encoderscope
{

QString program_version()
{
    return QStringLiteral(ENCODERSCOPE_VERSION);
}

} // namespace encoderscope
