// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/picture_options.h"
#include "ui/figures/catalogue/catalogue.h"

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
    QString over;         ///< a series over an option of the kind, as it was said; empty: one figure
    double seconds = 1.5; ///< that each picture of it stands

    QString output; ///< a file, "-" for standard output; a folder with all_heads and `over`
    FigureFormat format = FigureFormat::svg;
    PictureLook look;
    std::optional<QString> title, caption; ///< instead of the figure's own
    bool pinned = false;                   ///< what is pinned is outlined
};

/// The options that a kind of figures has of its own.
QList<QCommandLineOption> options_of(const FigureKind &kind);
/// What was said of them to a parser that has them. Throws ArgumentError.
Parameters parameters_of(const FigureKind &kind, const QCommandLineParser &parser);
/// What --compare names. Throws ArgumentError.
Comparison comparison_named(const QString &word);

/// Calls `make` with what the arguments ask for: once, or with --each-line once for every text. Opens the
/// model too. Not called when the list or a help was printed. Returns the exit code; throws ArgumentError,
/// and Error when the model cannot be read.
int for_each_figure(const QStringList &arguments, const std::function<void(const FigureArguments &)> &make);

} // namespace encoderscope
