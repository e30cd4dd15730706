// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/sized_device.h"

#include <QBuffer>
#include <QSvgGenerator>

#include <memory>

namespace encoderscope
{

/// A paint device that writes SVG in which text needs no font: glyphs are outlines, and the text itself lies
/// over them unseen, to be searched, selected and read aloud.
class SvgDevice : public SizedDevice
{
public:
    /// `size` in units of 1/96 inch (CSS pixels).
    SvgDevice(const QSizeF &size, const QString &title, const QString &description);
    ~SvgDevice() override;

    /// The finished document; after the painter has ended.
    QByteArray svg() const;

    QPaintEngine *paintEngine() const override;

private:
    QByteArray head_; ///< title and description as elements
    QByteArray bytes_;
    QBuffer buffer_;
    QSvgGenerator generator_;
    std::unique_ptr<QPaintEngine> engine_;
};

} // namespace encoderscope
