// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace encoderscope
{

/// Floating-point operations a second that `threads` cores reach with nothing but fused multiply-adds in
/// registers (a multiply-add counts as two): of AVX-512 where the kernels use it, else of AVX2.
double measured_peak(int threads);

/// Bytes a second at which `threads` cores read `bytes` of memory over and over: from the caches when it
/// fits.
double measured_bandwidth(std::size_t bytes, int threads);

} // namespace encoderscope
