// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/export_choice.h"

#include "ui/state/settings.h"

#include <QStandardPaths>

#include <algorithm>

namespace encoderscope
{

namespace
{

constexpr double unitsAnInch = 96.0;
constexpr double millimetresAnInch = 25.4;

} // namespace

FigureStyle ExportChoice::style() const
{
    FigureStyle style = figureStyle(theme, textPoints);
    style.showTitle = title;
    style.showCaption = caption;
    return style;
}

FileOptions ExportChoice::options(const Figure &figure) const
{
    FileOptions options;
    options.scale = dotsAnInch / unitsAnInch;
    options.size = figure.naturalSize(style());
    if (widthMillimetres > 0.0)
        options.size *= widthMillimetres / millimetresAnInch * unitsAnInch / options.size.width();
    return options;
}

ExportChoice loadExportChoice()
{
    ExportChoice choice;
    choice.format = static_cast<FigureFormat>(
        std::clamp(load(setting::exportFormat), 0, static_cast<int>(FigureFormat::npy)));
    choice.theme = load(setting::exportDark) ? Theme::dark : Theme::light;
    choice.textPoints = std::clamp(load(setting::exportTextPoints), 5.0, 36.0);
    choice.widthMillimetres = std::clamp(load(setting::exportWidth), 0.0, 2000.0);
    choice.dotsAnInch = std::clamp(load(setting::exportDotsAnInch), 48, 1200);
    choice.title = load(setting::exportTitle);
    choice.caption = load(setting::exportCaption);
    choice.folder = load(setting::exportFolder);
    if (choice.folder.isEmpty())
        choice.folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return choice;
}

void storeExportChoice(const ExportChoice &choice)
{
    store(setting::exportFormat, static_cast<int>(choice.format));
    store(setting::exportDark, choice.theme == Theme::dark);
    store(setting::exportTextPoints, choice.textPoints);
    store(setting::exportWidth, choice.widthMillimetres);
    store(setting::exportDotsAnInch, choice.dotsAnInch);
    store(setting::exportTitle, choice.title);
    store(setting::exportCaption, choice.caption);
    store(setting::exportFolder, choice.folder);
}

} // namespace encoderscope
