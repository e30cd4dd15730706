// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_files.h"

#include <chrono>
#include <functional>
#include <stop_token>
#include <vector>

namespace encoderscope
{

/// Where pictures go that belong one after the other.
struct SeriesFiles {
    QString output; ///< a file for webp, one animation; else a folder, a numbered file each
    FigureFormat format = FigureFormat::webp;
    FigureStyle style;
    double width = 0.0, height = 0.0; ///< in units of 1/96 inch; 0 = as the figures need
    double scale = 1.0;               ///< png, webp: pixels for each unit
    std::chrono::milliseconds each{1500};
};

/// Runs work that paints the figure in a thread that may, and returns when it is done.
using PaintThread = std::function<void(const Figure &figure, const std::function<void()> &paint)>;

/// The size that all of them fit into.
QSizeF commonSize(const std::vector<FigurePtr> &figures, const SeriesFiles &files);

/// Writes the figures in their order, all of one size, and says after each how many it has come to; returns
/// the number of files. Throws Error that names the path, and Stopped: of a folder, what was written stays.
int writeSeries(const std::vector<FigurePtr> &figures, const SeriesFiles &files, const PaintThread &painting,
                const std::function<void(int done)> &written = {}, const std::stop_token &stop = {});

} // namespace encoderscope
