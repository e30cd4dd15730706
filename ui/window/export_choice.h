// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_files.h"

#include <span>

namespace encoderscope
{

/// What the user chose in the export dialog; the next export begins with it.
struct ExportChoice {
    FigureFormat format = FigureFormat::svg;
    Theme theme = Theme::light;
    Palette palette = Palette::viridis;
    double textPoints = 10.0;
    double widthMillimetres = 0.0;  ///< 0 = as wide as the figure asks for
    double heightMillimetres = 0.0; ///< 0 = as high as the labels ask for at that width
    int dotsAnInch = 192;           ///< PNG
    bool title = true;
    bool caption = true;
    bool numbers = true; ///< values in cells and at bars
    bool pinned = true;  ///< what is pinned is outlined
    QString folder;      ///< where the last file went

    FigureStyle style() const;
    FileOptions options(const FigurePtr &figure, const Viewpoint &viewpoint = {}) const;
};

/// Where a figure goes to, and the sizes that fit there.
struct ExportPreset {
    QString (*name)();
    double textPoints;
    double widthMillimetres, heightMillimetres; ///< 0 as in ExportChoice
    int dotsAnInch;
};
std::span<const ExportPreset> exportPresets();

ExportChoice loadExportChoice();
void storeExportChoice(const ExportChoice &choice);

} // namespace encoderscope
