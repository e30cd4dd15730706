// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/figure_preparation.h"

namespace encoderscope
{

FigurePreparation::FigurePreparation(std::function<void()> done)
    : background_([this, done = std::move(done)](bool) {
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
        return true;
    }
    const Asked wanted{figure, area, scale, style.theme, part};
    if (asked_ != wanted) {
        asked_ = wanted;
        background_.ask([prepare](const std::stop_token &stop) {
            prepare(stop);
            return true;
        });
    }
    return false;
}

} // namespace encoderscope
