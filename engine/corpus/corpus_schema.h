// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace encoderscope
{

/// The statements that make an empty corpus. README.md explains the tables.
QStringList corpus_schema();

} // namespace encoderscope
