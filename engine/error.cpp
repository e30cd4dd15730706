// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"

#include "engine/particles.h"

namespace encoderscope
{

Error::Error(QString message)
    : message_(withParticles(message))
    , utf8_(message_.toUtf8())
{
}

} // namespace encoderscope
