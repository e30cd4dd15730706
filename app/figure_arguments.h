// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/figures/catalogue/catalogue.h"
#include "ui/figures/figure_files.h"

#include <functional>
#include <optional>

namespace encoderscope
{

/// What `encoderscope figure KIND` was asked for.
struct FigureArguments {
    const FigureKind *kind = nullptr;
    Parameters parameters;             ///< as they were said
    SessionState state;                ///< with the model
    std::optional<RunInput> reference; ///< the run to compare with; nothing: this one without switches
    bool all_heads = false;

    QString output; ///< a file, "-" for standard output; a folder with all_heads
    FigureFormat format = FigureFormat::svg;
    FigureStyle style;
    std::optional<QString> title, caption; ///< instead of the figure's own
    double width = 0.0, height = 0.0;      ///< in units of 1/96 inch; 0 = as the figure needs
    double scale = 1.0;
    bool pinned = false; ///< what is pinned is outlined
};

/// Calls `make` with what the arguments ask for: once, or with --each-line once for every text. Opens the
/// model too. Not called when the list or a help was printed. Returns the exit code; throws ArgumentError,
/// and Error when the model cannot be read.
int for_each_figure(const QStringList &arguments, const std::function<void(const FigureArguments &)> &make);

} // namespace encoderscope
