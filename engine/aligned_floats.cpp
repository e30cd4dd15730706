// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/aligned_floats.h"

#include "engine/platform/platform.h"

#include <algorithm>
#include <limits>
#include <new>

namespace encoderscope
{

AlignedFloats aligned_floats(std::size_t count)
{
    constexpr std::size_t cache_line = 64;
    constexpr std::size_t huge_page = std::size_t(2) << 20U;
    if (count > (std::numeric_limits<std::size_t>::max() - huge_page) / sizeof(float))
        throw std::bad_alloc();
    const std::size_t bytes = std::max<std::size_t>(count, 1) * sizeof(float);
    const std::size_t alignment = bytes >= 2 * huge_page ? huge_page : cache_line;
    const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
    void *data = platform::aligned_memory(alignment, rounded);
    if (!data)
        throw std::bad_alloc();
    return AlignedFloats(static_cast<float *>(data));
}

void FreeAligned::operator()(float *data) const
{
    platform::free_aligned_memory(data);
}

} // namespace encoderscope
