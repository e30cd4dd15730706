// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure.h"
#include "ui/figures/viewpoint.h"

#include <QByteArray>
#include <QImage>

#include <memory>
#include <optional>

class QMimeData;

namespace encoderscope
{

/// webp: pixels without loss, an animation where there are several figures.
enum class FigureFormat { png, svg, pdf, csv, json, npy, webp };

/// What a file looks like, beside the style.
struct FileOptions {
    QSizeF size = {};         ///< in units of 1/96 inch; empty = the figure's natural size
    double scale = 1.0;       ///< PNG, WebP: pixels for each unit
    Viewpoint viewpoint = {}; ///< pictures only: numbers are always all of them
};

/// From a file's name; null when it has no known ending.
std::optional<FigureFormat> knownFormat(const QString &path);
/// The same; throws Error instead.
FigureFormat formatOf(const QString &path);
/// The ending without a dot.
QString suffixOf(FigureFormat format);

// Pictures of some figures are for the GUI thread alone: needsGuiThread().

/// The figure as pixels, with its physical size set. Throws Error when that would be too large.
QImage figureImage(const FigurePtr &figure, const FigureStyle &style, const FileOptions &options = {});
/// The content of a file of that format. Throws Error.
QByteArray figureBytes(const FigurePtr &figure, const FigureStyle &style, FigureFormat format,
                       const FileOptions &options = {});
/// Writes the file completely or not at all (engine/file_writer.h). Throws Error that names the path.
void writeFigure(const FigurePtr &figure, const FigureStyle &style, const QString &path, FigureFormat format,
                 const FileOptions &options = {});
/// For the clipboard: the picture as pixels and as SVG, the numbers as tab-separated text.
std::unique_ptr<QMimeData> figureMimeData(const FigurePtr &figure, const FigureStyle &style,
                                          const FileOptions &options = {});

} // namespace encoderscope
