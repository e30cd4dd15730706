// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/option_parser.h"

namespace encoderscope
{

/// The beginning of the program's manual page, in the man macros of roff (UTF-8): everything but the
/// commands, whose sections follow it. `parser` is what the window takes.
QString manual_beginning(const OptionParser &parser);

/// The section of one command.
QString manual_section(const OptionParser &parser, const QString &command);

} // namespace encoderscope
