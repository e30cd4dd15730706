// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/figure_files.h"
#include "ui/figures/trace_figures.h"

#include <functional>

namespace encoderscope
{

/// What `encoderscope figure` was asked for. Layers and heads from 0 here.
struct FigureArguments {
    QString text;
    QString text_b; ///< null = a single sentence
    ModelPtr model;
    QString output; ///< a file; a folder with all_heads
    FigureFormat format = FigureFormat::svg;
    FigureStyle style;
    QString title; ///< null = the figure's own
    double scale = 1.0;
    bool all_heads = false;
    AttentionView attention; ///< layer and head of every kind that has them
    Comparison comparison = Comparison::now;
    Switches switches;
    std::function<FigurePtr(const ComparedTrace &)> make;
};

/// Opens the model too, so that layers and heads are checked. Nothing when --help was printed. Throws
/// ArgumentError, and Error when the model cannot be read.
std::optional<FigureArguments> parse_figure_arguments(const QStringList &arguments);

} // namespace encoderscope
