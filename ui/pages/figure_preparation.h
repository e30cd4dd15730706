// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/pages/background.h"

namespace encoderscope
{

/// Has computed beside the window what painting a large figure would make it wait for.
class FigurePreparation
{
public:
    /// `done` is called when a figure that was not ready is.
    explicit FigurePreparation(std::function<void()> done);

    /// Whether the figure can be painted at once; else that is asked for, and nothing older any more.
    /// `part` tells apart what one figure may show.
    bool ready(const FigurePtr &figure, const QRectF &area, double scale, const FigureStyle &style,
               const QRectF &part = {});
    bool waiting() const { return asked_.has_value(); }

private:
    struct Asked {
        FigurePtr figure;
        QRectF area;
        double scale;
        Theme theme;
        QRectF part;
        bool operator==(const Asked &) const = default;
    };

    std::optional<Asked> asked_;
    Background<bool> background_;
};

} // namespace encoderscope
