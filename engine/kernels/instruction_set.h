// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace encoderscope::kernels
{

/// The instruction sets that this program has kernels for and this processor can run, best first:
/// of "avx512", "avx2", "sse4" and "baseline" on x86.
std::vector<std::string> instruction_sets();

/// The one that the kernels use: the best, or the best that is not above what the environment variable
/// ENCODERSCOPE_ISA names. Throws Error when that names none.
std::string instruction_set();

/// Reads ENCODERSCOPE_ISA the first time: each kernel calls it before it is dispatched. Throws Error as
/// above.
void ensure_instruction_set();

/// Makes the kernels use `name`, one of instruction_sets(), from now on: for tests and benchmarks.
void use_instruction_set(const std::string &name);

} // namespace encoderscope::kernels
