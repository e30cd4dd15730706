// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace encoderscope
{

/// Lets the process keep up to 1 GB of memory that was freed, for the next run to write into, instead of
/// giving pages back to the system and getting fresh ones: those cost more than the numbers in them. For the
/// start of main(); does nothing where the C library cannot.
void reuse_freed_memory();

} // namespace encoderscope
