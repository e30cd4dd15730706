// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/figure.h"

namespace encoderscope
{

void Figure::visitRows(const std::function<void(const QVariantList &row)> &visit) const
{
    const Table all = table();
    for (const QVariantList &row : all.rows)
        visit(row);
}

Figure::Preparation Figure::preparation(const QRectF & /*area*/, double /*scale*/,
                                        const FigureStyle & /*style*/) const
{
    return nullptr;
}

SlowFigure Figure::slowCopy(const std::function<void(int rows)> & /*asked*/) const
{
    return {};
}

void Figure::continueFrom(Figure & /*previous*/) {}

} // namespace encoderscope
