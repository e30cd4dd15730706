// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPaintDevice>
#include <QSizeF>

namespace encoderscope
{

/// A paint device that is no widget and no image: of a size in units of 1/96 inch (CSS pixels), for any
/// number of colours. What paints on it is its heir's.
class SizedDevice : public QPaintDevice
{
public:
    explicit SizedDevice(const QSizeF &size)
        : size_(size)
    {
    }

    const QSizeF &size() const { return size_; }

protected:
    int metric(PaintDeviceMetric metric) const override;

private:
    QSizeF size_;
};

} // namespace encoderscope
