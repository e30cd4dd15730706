// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"

#include <utility>

namespace encoderscope
{

Error::Error(QString message)
    : message_(std::move(message))
    , utf8_(message_.toUtf8())
{
}

} // namespace encoderscope
