// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>

namespace encoderscope
{

struct FreeAligned {
    void operator()(float *data) const;
};
using AlignedFloats = std::unique_ptr<float[], FreeAligned>;

/// Uninitialized memory that begins on a cache line; much of it comes in large pages. Throws std::bad_alloc.
AlignedFloats aligned_floats(std::size_t count);

} // namespace encoderscope
