// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_files.h"

namespace encoderscope
{

/// What the user chose in the export dialog; the next export begins with it.
struct ExportChoice {
    FigureFormat format = FigureFormat::svg;
    Theme theme = Theme::light;
    double textPoints = 10.0;
    double widthMillimetres = 0.0; ///< 0 = as wide as the figure asks for
    int dotsAnInch = 192;          ///< PNG
    bool title = true;
    bool caption = true;
    QString folder; ///< where the last file went

    FigureStyle style() const;
    /// The figure's natural shape at that width.
    FileOptions options(const Figure &figure) const;
};

ExportChoice loadExportChoice();
void storeExportChoice(const ExportChoice &choice);

} // namespace encoderscope
