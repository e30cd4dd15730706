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

bool FigurePreparation::ready(const FigurePtr &figure, const QRectF &area, double scale,
                              const FigureStyle &style, const QRectF &part)
{
    const Figure::Preparation prepare = figure ? figure->preparation(area, scale, style) : nullptr;
    if (!prepare) {
        asked_.reset();
        problem_.clear();
        return true;
    }
    const Asked wanted{figure, area, scale, style.theme, part};
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
