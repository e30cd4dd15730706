// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_renderer.h"
#include "ui/jobs/job.h"

#include <functional>
#include <optional>

namespace encoderscope
{

/// Has computed beside the window what painting a large figure would make it wait for.
class FigurePreparation
{
public:
    /// `done` is called when a figure that was not ready is, or cannot be: see problem().
    explicit FigurePreparation(std::function<void()> done);

    /// Whether the figure can be painted at once; else that is asked for, and nothing older any more.
    bool ready(FigureRenderer &renderer, const QRectF &area, double scale, const FigureStyle &style);
    bool waiting() const { return asked_.has_value() && job_.running(); }
    /// Why what was asked for last cannot be painted; empty when nothing is wrong.
    const QString &problem() const { return problem_; }

private:
    struct Asked {
        FigurePtr figure;
        QRectF area;
        double scale;
        Colouring colouring;
        QRectF part;
        bool operator==(const Asked &) const = default;
    };

    std::optional<Asked> asked_;
    QString problem_;
    Job<Done> job_;
};

} // namespace encoderscope
