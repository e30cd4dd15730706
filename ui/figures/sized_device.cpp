// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/sized_device.h"

#include <cmath>
#include <limits>

namespace encoderscope
{

int SizedDevice::metric(PaintDeviceMetric metric) const
{
    switch (metric) {
    case PdmWidth:
        return static_cast<int>(size_.width());
    case PdmHeight:
        return static_cast<int>(size_.height());
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return 96;
    case PdmWidthMM:
        return static_cast<int>(std::lround(size_.width() * 25.4 / 96.0));
    case PdmHeightMM:
        return static_cast<int>(std::lround(size_.height() * 25.4 / 96.0));
    case PdmDepth:
        return 32;
    case PdmNumColors:
        return std::numeric_limits<int>::max();
    case PdmDevicePixelRatio:
        return 1;
    case PdmDevicePixelRatioScaled:
        return static_cast<int>(devicePixelRatioFScale());
    default: // which later versions of Qt ask for
        return QPaintDevice::metric(metric);
    }
}

} // namespace encoderscope
