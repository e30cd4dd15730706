// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/reused_memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace encoderscope
{

void reuse_freed_memory()
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 32 << 20); // the most that is allowed
    mallopt(M_ARENA_MAX, 1);             // one thread's traces are freed by another
#endif
}

} // namespace encoderscope
