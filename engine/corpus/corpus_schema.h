// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace encoderscope
{

/// The statements that make an empty corpus. README.md explains the tables.
QStringList corpus_schema();
/// What one with vectors of tokens has besides.
QStringList token_vector_schema();
/// Those that make its indexes, where it lacks them. Nothing but the time of an answer depends on them.
QStringList corpus_indexes();

} // namespace encoderscope
