// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#if defined(__SSE__)
#include <pmmintrin.h>
#include <xmmintrin.h>
#endif

namespace encoderscope::kernels
{

/// While one lives, its thread treats denormal numbers (below 1.2e-38 in magnitude) as zero, read or written:
/// they cost up to a hundred times as much and never reach the sixth digit of anything that is shown. Does
/// nothing on processors other than x86.
class FlushDenormals
{
public:
#if defined(__SSE__)
    FlushDenormals()
        : saved_(_mm_getcsr())
    {
        _mm_setcsr(saved_ | _MM_FLUSH_ZERO_ON | _MM_DENORMALS_ZERO_ON);
    }
    ~FlushDenormals()
    {
        _mm_setcsr(saved_);
    }
#else
    FlushDenormals() = default;
    ~FlushDenormals() {}
#endif
    FlushDenormals(const FlushDenormals &) = delete;
    FlushDenormals &operator=(const FlushDenormals &) = delete;

private:
#if defined(__SSE__)
    unsigned saved_;
#endif
};

} // namespace encoderscope::kernels
