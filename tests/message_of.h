// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"

#include <QString>

#include <functional>

namespace encoderscope
{

/// What the Error says that `run` throws; empty when it throws none.
inline QString messageOf(const std::function<void()> &run)
{
    try {
        run();
    } catch (const Error &error) {
        return error.message();
    }
    return {};
}

} // namespace encoderscope
