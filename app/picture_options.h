// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/option_parser.h"
#include "ui/figures/figure_files.h"

#include <optional>
#include <vector>

namespace encoderscope
{

/// How a picture looks, whatever it shows.
struct PictureLook {
    FigureStyle style;
    double width = 0.0, height = 0.0; ///< in units of 1/96 inch; 0 = as the figure needs
    double scale = 1.0;               ///< png, webp: pixels for each unit
};

/// The options that say so, and where a picture goes.
class PictureOptions
{
public:
    /// `output`: what the help says of --output.
    explicit PictureOptions(const QString &output);
    void add_to(OptionParser &parser) const;

    /// --output. Throws ArgumentError when it is missing.
    QString output(const QCommandLineParser &parser) const;
    /// --format, else what the name of the output ends in; nothing when neither says it. Throws
    /// ArgumentError for a format that is not known.
    std::optional<FigureFormat> format(const QCommandLineParser &parser) const;
    /// Throws ArgumentError.
    PictureLook look(const QCommandLineParser &parser) const;

    /// The help speaks the language that is asked for: chosen before anything is parsed.
    static void choose_language(const QStringList &arguments);

private:
    QCommandLineOption output_, format_, width_, height_, text_size_, dpi_, scale_, theme_, colours_,
        no_values_, no_caption_, language_;
};

/// How a figure of that look goes into a file. `size` is the figure's natural one where the look says none.
FileOptions file_options(const FigurePtr &figure, const PictureLook &look, const Viewpoint &viewpoint = {});

/// Writes the figures one after the other, each shown so many seconds where the format is webp, and says on
/// standard error how far it is. Throws Error.
void write_series(const std::vector<FigurePtr> &figures, const PictureLook &look, const QString &output,
                  FigureFormat format, double seconds);

} // namespace encoderscope
