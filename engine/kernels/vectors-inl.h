// SPDX-License-Identifier: GPL-3.0-or-later
// The vector type of the kernels, compiled once per instruction set.

#if defined(ENCODERSCOPE_VECTORS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ENCODERSCOPE_VECTORS_INL_H
#undef ENCODERSCOPE_VECTORS_INL_H
#else
#define ENCODERSCOPE_VECTORS_INL_H
#endif

#include "engine/kernels/panels.h"

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace encoderscope::kernels
{
namespace HWY_NAMESPACE
{

namespace hn = hwy::HWY_NAMESPACE;

using FloatTag = hn::CappedTag<float, panel_width>;
using Float = hn::Vec<FloatTag>;
inline constexpr std::size_t lanes = hn::MaxLanes(FloatTag());

} // namespace HWY_NAMESPACE
} // namespace encoderscope::kernels
HWY_AFTER_NAMESPACE();

#endif
