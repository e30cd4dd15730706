// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/screen_pixmap.h"

#include <cmath>

namespace encoderscope
{

QPixmap screenPixmap(const QSizeF &size, double ratio, const QColor &ground)
{
    QPixmap pixmap(static_cast<int>(std::ceil(size.width() * ratio)),
                   static_cast<int>(std::ceil(size.height() * ratio)));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(ground);
    return pixmap;
}

} // namespace encoderscope
