// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_choice.h"

#include "ui/figures/figure_renderer.h"
#include "ui/state/settings.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <algorithm>
#include <array>

namespace encoderscope
{

namespace
{

constexpr double unitsAMillimetre = 96.0 / 25.4;

struct ExportChoices {
    Q_DECLARE_TR_FUNCTIONS(ExportChoices)
};

} // namespace

FigureStyle ExportChoice::style() const
{
    FigureStyle style = figureStyle(theme, textPoints);
    style.palette = palette;
    style.showTitle = title;
    style.showCaption = caption;
    style.showNumbers = numbers;
    return style;
}

FileOptions ExportChoice::options(const FigurePtr &figure, const Viewpoint &viewpoint) const
{
    FileOptions options{.scale = dotsAnInch / 96.0, .viewpoint = viewpoint};
    if (!pinned)
        options.viewpoint.emphasis = {};
    const FigureRenderer renderer(figure, options.viewpoint);
    options.size = widthMillimetres > 0.0 ? renderer.naturalSize(style(), widthMillimetres * unitsAMillimetre)
                                          : renderer.naturalSize(style());
    if (heightMillimetres > 0.0)
        options.size.setHeight(heightMillimetres * unitsAMillimetre);
    return options;
}

std::span<const ExportPreset> exportPresets()
{
    static constexpr std::array<ExportPreset, 4> presets{{
        {[] { return ExportChoices::tr("Screen"); }, 10.0, 0.0, 0.0, 192},
        {[] { return ExportChoices::tr("Slide 16:9"); }, 14.0, 254.0, 142.9, 192},
        {[] { return ExportChoices::tr("One column, 84 mm"); }, 7.0, 84.0, 0.0, 600},
        {[] { return ExportChoices::tr("Two columns, 178 mm"); }, 7.0, 178.0, 0.0, 600},
    }};
    return presets;
}

ExportChoice loadExportChoice()
{
    ExportChoice choice;
    choice.format = static_cast<FigureFormat>(
        std::clamp(load(setting::exportFormat), 0, static_cast<int>(FigureFormat::webp)));
    choice.theme = load(setting::exportDark) ? Theme::dark : Theme::light;
    choice.palette = static_cast<Palette>(
        std::clamp(load(setting::exportPalette), 0, static_cast<int>(paletteNames().size()) - 1));
    choice.textPoints = std::clamp(load(setting::exportTextPoints), 5.0, 36.0);
    choice.widthMillimetres = std::clamp(load(setting::exportWidth), 0.0, 2000.0);
    choice.heightMillimetres = std::clamp(load(setting::exportHeight), 0.0, 2000.0);
    choice.dotsAnInch = std::clamp(load(setting::exportDotsAnInch), 48, 1200);
    choice.title = load(setting::exportTitle);
    choice.caption = load(setting::exportCaption);
    choice.numbers = load(setting::exportNumbers);
    choice.pinned = load(setting::exportPinned);
    choice.folder = load(setting::exportFolder);
    if (choice.folder.isEmpty())
        choice.folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return choice;
}

void storeExportChoice(const ExportChoice &choice)
{
    store(setting::exportFormat, static_cast<int>(choice.format));
    store(setting::exportDark, choice.theme == Theme::dark);
    store(setting::exportPalette, static_cast<int>(choice.palette));
    store(setting::exportTextPoints, choice.textPoints);
    store(setting::exportWidth, choice.widthMillimetres);
    store(setting::exportHeight, choice.heightMillimetres);
    store(setting::exportDotsAnInch, choice.dotsAnInch);
    store(setting::exportTitle, choice.title);
    store(setting::exportCaption, choice.caption);
    store(setting::exportNumbers, choice.numbers);
    store(setting::exportPinned, choice.pinned);
    store(setting::exportFolder, choice.folder);
}

} // namespace encoderscope
