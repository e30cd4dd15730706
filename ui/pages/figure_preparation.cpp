// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/figure_preparation.h"

namespace encoderscope
{

FigurePreparation::FigurePreparation(std::function<void()> done)
    : job_([this, done = std::move(done)](const Result<Done> &prepared) {
        problem_ = prepared.problem();
        if (prepared)
            asked_.reset();
        done();
    })
{
}

bool FigurePreparation::ready(FigureRenderer &renderer, const QRectF &area, double scale,
                              const FigureStyle &style)
{
    const FigureRenderer::Preparation prepare = renderer.preparation(area, scale, style);
    if (!prepare) {
        asked_.reset();
        problem_.clear();
        return true;
    }
    const Asked wanted{renderer.figure(), area, scale, style.colouring(), renderer.visibleCells()};
    if (asked_ != wanted) {
        asked_ = wanted;
        problem_.clear();
        job_.ask([prepare](const JobControl &control) {
            prepare(control.stop());
            return Done();
        });
    }
    return false;
}

} // namespace encoderscope
